import type { Root, Text } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

import type { Citation } from "../api/Citation";

/** Links, images and HTML of an answer stay the text they are: an answer calls nowhere. */
const literally = {
  disable: {
    null: [
      "autolink",
      "codeIndented",
      "definition",
      "htmlFlow",
      "htmlText",
      "labelEnd",
      "labelStartImage",
      "labelStartLink",
      "setextUnderline",
    ],
  },
};

/** What a model wrote, as a tree of paragraphs, lists, tables and emphasis. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), literally],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
}

/** What stands in documents, as paragraphs and nothing else: their text is data, not markup. */
export function parsePlain(text: string): Root {
  const paragraphs = [...text.matchAll(/\S[^]*?(?=\n\s*\n|\s*$)/g)];
  return {
    type: "root",
    children: paragraphs.map(({ 0: value, index }) => ({
      type: "paragraph",
      children: [{ type: "text", value, position: position(index, index + value.length) }],
    })),
  };
}

function position(start: number, end: number): Text["position"] {
  const at = (offset: number) => ({ line: 1, column: offset + 1, offset });
  return { start: at(start), end: at(end) };
}

/** A piece of a text: words, or the citations that stand at one place. */
export type Piece = string | Citation[];

/**
 * Cuts a text at the markers in it. `citations` have their ranges in `answer`; a text differs from its stretch of
 * the answer where Markdown takes characters away, so that its markers are found by their own characters.
 */
export function cutAtCitations(node: Text, answer: string, citations: Citation[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const cited of citationsByPlace(node, citations)) {
    const marker = answer.slice(cited[0]?.range.start, cited[0]?.range.end);
    const at = node.value.indexOf(marker, done);
    if (at < 0 || marker === "") continue;
    pieces.push(node.value.slice(done, at), cited);
    done = at + marker.length;
  }
  pieces.push(node.value.slice(done));
  return pieces.filter((piece) => piece.length > 0);
}

/** The citations of a text in their order, those with the same marker together. */
function citationsByPlace({ position }: Text, citations: Citation[]): Citation[][] {
  const start = position?.start.offset ?? 0;
  const end = position?.end.offset ?? 0;
  const places = new Map<number, Citation[]>();
  for (const citation of citations.toSorted((a, b) => a.range.start - b.range.start)) {
    const { range } = citation;
    if (range.start < start || range.end > end) continue;
    places.set(range.start, [...(places.get(range.start) ?? []), citation]);
  }
  return [...places.values()];
}
