import { FlatText, type Stretch } from "./flatText";

/** Every place where a quote stands in the strings of a page, in their order; none where it does not, whole. */
export function findQuote(strings: readonly string[], quote: string): Stretch[][] {
  const page = new FlatText(strings);
  const wanted = new FlatText([quote]).characters;
  const places: Stretch[][] = [];
  if (wanted === "") return places;
  for (
    let at = page.characters.indexOf(wanted);
    at >= 0;
    at = page.characters.indexOf(wanted, at + wanted.length)
  ) {
    places.push(page.stretches(at, at + wanted.length));
  }
  return places;
}
