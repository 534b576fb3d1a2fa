import type { Nodes, Text } from "mdast";
import { describe, expect, it } from "vitest";

import type { Citation } from "../api/Citation";
import type { TextRange } from "../api/TextRange";
import { citation } from "../../tests/fixtures";
import { cutAnswer, parseMarkdown, parsePlain, type Piece, UNCITED } from "./answerMarkdown";

function texts(node: Nodes): Text[] {
  if (node.type === "text") return [node];
  return "children" in node ? node.children.flatMap(texts) : [];
}

/** The text of an answer with its citations as ⟨marker⟩, formulas as ⟦tex⟧, and ⟨?⟩ behind uncited sentences. */
function cut(
  answer: string,
  citations: Citation[],
  tree = parseMarkdown(answer),
  uncited: TextRange[] = [],
): string {
  const drawn = (piece: Piece) => {
    if (piece === UNCITED) return "⟨?⟩";
    if (typeof piece === "string") return piece;
    if ("tex" in piece) return `⟦${piece.tex.trim()}⟧`;
    return piece.map(({ marker }) => `⟨${marker}⟩`).join("");
  };
  const pieces = texts(tree.root).flatMap((text) => cutAnswer(text, tree, citations, uncited));
  return pieces.map(drawn).join("");
}

describe("citations in an answer", () => {
  it("stand where their ranges say, in paragraphs, lists and tables", () => {
    const answer = "Lit **at dusk [1]**.\n\n- trimmed [2]\n\n| a |\n| - |\n| b [1] |";
    const citations = [
      citation(answer, 1),
      citation(answer, 2),
      citation(answer, 1, {}, answer.indexOf("| b")),
    ];
    expect(cut(answer, citations)).toBe("Lit at dusk ⟨1⟩.trimmed ⟨2⟩ab ⟨1⟩");
  });

  it("are found behind characters that Markdown takes away", () => {
    const answer = "11 gills \\* 2 &amp; more [1], of\n   the best [2].";
    expect(cut(answer, [citation(answer, 1), citation(answer, 2)])).toBe(
      "11 gills * 2 & more ⟨1⟩, of\nthe best ⟨2⟩.",
    );
  });

  it("may share one marker", () => {
    const answer = "Both logs agree [1, 2].";
    const range = { start: answer.indexOf("["), end: answer.indexOf("]") + 1 };
    const citations = [citation("[1]", 1, { range }), citation("[2]", 2, { range })];
    expect(cut(answer, citations)).toBe("Both logs agree ⟨1⟩⟨2⟩.");
  });

  it("leave a marker that cites nothing as text", () => {
    expect(cut("See [9] and [1].", [citation("See [9] and [1].", 1)])).toBe("See [9] and ⟨1⟩.");
  });
});

describe("uncited sentences", () => {
  const ends = (answer: string, sentence: string) => {
    const start = answer.indexOf(sentence);
    const citations = answer.includes("[1]") ? [citation(answer, 1)] : [];
    return cut(answer, citations, parseMarkdown(answer), [{ start, end: start + sentence.length }]);
  };

  it("are marked at their ends, beside the citations of others", () => {
    const answer = "It was lit in 1861 [1]. The oil came from Bergen. It burned till dawn.";
    expect(ends(answer, "The oil came from Bergen.")).toBe(
      "It was lit in 1861 ⟨1⟩. The oil came from Bergen.⟨?⟩ It burned till dawn.",
    );
  });

  it("are marked where Markdown takes characters away, and in lists", () => {
    expect(ends("- The **oil** came from Bergen & Oslo.\n- It *burned*.", "It *burned*.")).toBe(
      "The oil came from Bergen & Oslo.It burned.⟨?⟩",
    );
  });
});

describe("formulas in an answer", () => {
  it("stand among words, citations and marks, in lists and tables", () => {
    const answer = [
      "The height is \\(h_0\\) [1], so $h_1 = 2 h_0$. It is known.",
      "- from $*a*$ to\n  $$\n  - \\frac{a}{b}\n  $$",
      "| $|x|$ | b |\n| - | - |\n| c | d |",
    ].join("\n\n");
    const known = "It is known.";
    const start = answer.indexOf(known);
    const uncited = [{ start, end: start + known.length }];
    expect(cut(answer, [citation(answer, 1)], parseMarkdown(answer), uncited)).toBe(
      "The height is ⟦h_0⟧ ⟨1⟩, so ⟦h_1 = 2 h_0⟧. It is known.⟨?⟩" +
        "from ⟦*a*⟧ to\n⟦- \\frac{a}{b}⟧⟦|x|⟧bcd",
    );
  });

  it("have the mark of their sentence, and the citations that were written into them, behind them", () => {
    const answer = "\\[ r = 4\\,\\text{m} [1] \\]\n\nIt burns for $t$";
    const start = answer.indexOf("It burns");
    const uncited = [{ start, end: answer.length }];
    expect(cut(answer, [citation(answer, 1)], parseMarkdown(answer), uncited)).toBe(
      "⟦r = 4\\,\\text{m}⟧⟨1⟩It burns for ⟦t⟧⟨?⟩",
    );
  });
});

describe("markup in an answer", () => {
  it.each([
    '<img src="https://example.com/x.png">',
    "<script>alert(1)</script>",
    "![a picture](https://example.com/x.png)",
    "[a link](javascript:alert(1))",
    "<https://example.com>",
    "[1]: https://example.com",
  ])("stays text: %s", (answer) => {
    const { root } = parseMarkdown(answer);
    expect(root.children.map(({ type }) => type)).toEqual(["paragraph"]);
    expect(texts(root).map(({ value }) => value)).toEqual([answer]);
  });

  it("is none in quotes from documents", () => {
    const quotes = "# Not a *heading* [1]\n\n- no list <b> [2]";
    const tree = parsePlain(quotes);
    expect(tree.root.children).toHaveLength(2);
    expect(cut(quotes, [citation(quotes, 1), citation(quotes, 2)], tree)).toBe(
      "# Not a *heading* ⟨1⟩- no list <b> ⟨2⟩",
    );
  });
});
