/** A stretch of one of the strings that a text is made of. */
export interface Stretch {
  item: number;
  start: number;
  end: number;
}

/** White space, hyphens, quotation marks, bullets, controls and accents: what readers of one page differ in. */
const IGNORED = /[\s\p{Pd}\p{M}\p{Cc}\p{Cf}\p{Pi}\p{Pf}'"`\u201a\u201e\u2032\u2033\u2022\u00b7\u2212]/u;

/**
 * A text reduced to what two readers of one page agree on: its letters, digits and signs, without ligatures, white
 * space, hyphens and quotation marks. Each character knows where it came from.
 */
export class FlatText {
  readonly characters: string;
  /** For each character its string, and its place in it. */
  readonly #items: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(strings: readonly string[]) {
    let characters = "";
    strings.forEach((string, item) => {
      let start = 0;
      for (const letter of string) {
        for (const part of flatten(letter)) {
          characters += part;
          for (let unit = 0; unit < part.length; unit++) {
            this.#items.push(item);
            this.#starts.push(start);
            this.#ends.push(start + letter.length);
          }
        }
        start += letter.length;
      }
    });
    this.characters = characters;
  }

  /** Where the characters from `start` to `end` stand in the strings. */
  stretches(start: number, end: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (let at = start; at < end; at++) {
      const item = this.#items[at] ?? 0;
      const last = stretches.at(-1);
      if (last?.item === item) last.end = this.#ends[at] ?? last.end;
      else stretches.push({ item, start: this.#starts[at] ?? 0, end: this.#ends[at] ?? 0 });
    }
    return stretches;
  }
}

const known = new Map<string, string[]>();

function flatten(letter: string): string[] {
  let parts = known.get(letter);
  if (!parts) {
    parts = Array.from(letter.normalize("NFKD").toLowerCase()).filter((part) => !IGNORED.test(part));
    known.set(letter, parts);
  }
  return parts;
}
