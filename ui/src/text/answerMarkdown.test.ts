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

/** The text of an answer with its citations as ⟨marker⟩, and ⟨?⟩ behind uncited sentences. */
function cut(
  answer: string,
  citations: Citation[],
  root = parseMarkdown(answer),
  uncited: TextRange[] = [],
): string {
  const drawn = (piece: Piece) => {
    if (piece === UNCITED) return "⟨?⟩";
    return typeof piece === "string" ? piece : piece.map(({ marker }) => `⟨${marker}⟩`).join("");
  };
  const pieces = texts(root).flatMap((text) => cutAnswer(text, answer, citations, uncited));
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

describe("markup in an answer", () => {
  it.each([
    '<img src="https://example.com/x.png">',
    "<script>alert(1)</script>",
    "![a picture](https://example.com/x.png)",
    "[a link](javascript:alert(1))",
    "<https://example.com>",
    "[1]: https://example.com",
  ])("stays text: %s", (answer) => {
    const root = parseMarkdown(answer);
    expect(root.children.map(({ type }) => type)).toEqual(["paragraph"]);
    expect(texts(root).map(({ value }) => value)).toEqual([answer]);
  });

  it("is none in quotes from documents", () => {
    const quotes = "# Not a *heading* [1]\n\n- no list <b> [2]";
    const root = parsePlain(quotes);
    expect(root.children).toHaveLength(2);
    expect(cut(quotes, [citation(quotes, 1), citation(quotes, 2)], root)).toBe(
      "# Not a *heading* ⟨1⟩- no list <b> ⟨2⟩",
    );
  });
});
