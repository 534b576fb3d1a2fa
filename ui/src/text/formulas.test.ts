import { describe, expect, it } from "vitest";

import { parseMarkdown } from "./answerMarkdown";

function formulas(text: string): string[] {
  return parseMarkdown(text).formulas.map(({ tex, isDisplay }) => (isDisplay ? `display ${tex}` : tex));
}

describe("formulas are found", () => {
  it.each([
    ["Let $x_1 = 2$, then.", ["x_1 = 2"]],
    ["So \\(a\\) and \\[b\\] follow.", ["a", "display b"]],
    ["$$\na\n= b\n$$", ["display \na\n= b\n"]],
    ["From $x$ to $y$.", ["x", "y"]],
    ["A price of $p = \\$3$ each.", ["p = \\$3"]],
    ["It takes $2 n$ steps, $3$ of them long.", ["2 n", "3"]],
  ])("%s", (text, found) => expect(formulas(text)).toEqual(found));
});

describe("money, code and markers are none", () => {
  it.each([
    "It was $1.2 billion and $3 in cash.",
    "It fell from $5M/$6M to $4–$5.",
    "In thousands of US$ 3 or CA$ 5, and A$4 (in $).",
    "$1,577 (in $ millions); up from $1,373.",
    "It cost $1.2 billion and 4 more US$.",
    "Set $HOME and $PATH.",
    "An escaped \\$x$ stays.",
    "Run `echo $a $b` and `$x$`.",
    "```\n$x$\n```",
    "Open $x\n\nand close y$.",
    "See \\[1\\] and \\[2, 3\\].",
    "A dollar $ alone.",
  ])("%s", (text) => expect(formulas(text)).toEqual([]));
});
