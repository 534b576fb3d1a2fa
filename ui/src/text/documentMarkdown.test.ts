import type { Literal } from "mdast";
import { expect, it } from "vitest";

import { cutNode, frontMatter, parseDocument } from "./documentMarkdown";

/** The texts of a document in their order, what is marked in brackets. */
function marked(source: string, quote: string): string {
  const start = source.indexOf(quote);
  const range = { start, end: start + quote.length };
  const texts: Literal[] = [];
  const walk = (node: object) => {
    if ("value" in node) texts.push(node as Literal);
    if ("children" in node) (node.children as object[]).forEach(walk);
  };
  walk(parseDocument(source));
  return texts
    .flatMap((node) => cutNode(node, source, range))
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join("");
}

it("marks a quote through emphasis, links and code, without their signs", () => {
  expect(marked("The **lamp** burns `oil`, says [the log](x.md).", "lamp** burns `oil`, says [the")).toBe(
    "The [lamp][ burns ][oil][, says ][the] log.",
  );
});

it("marks all of a text that the source spells in another way", () => {
  expect(marked("Lamp \\& oil &amp; wick\n\nElsewhere", "oil &amp; wick")).toBe(
    "[Lamp & oil & wick]Elsewhere",
  );
});

it("tells what a document says of itself apart from its text", () => {
  const source =
    '---\ntitle: "The lamp: a log"\ntags:\n  - oil\n  - wick\nlast read: 1902\n---\n\n# The lamp';
  const [matter, heading] = parseDocument(source).children;
  expect(heading?.type).toBe("heading");
  expect(matter?.type === "yaml" && frontMatter(matter.value)).toEqual([
    ["title", "The lamp: a log"],
    ["tags", "- oil\n  - wick"],
    ["last read", "1902"],
  ]);
});
