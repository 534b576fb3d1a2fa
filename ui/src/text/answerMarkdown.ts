import type { Root, Text } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

import type { Citation } from "../api/Citation";
import type { TextRange } from "../api/TextRange";

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

/** The end of a sentence that claims something and cites nothing. */
export const UNCITED = Symbol("uncited");

/** A piece of a text: words, the citations that stand at one place, or the end of an uncited sentence. */
export type Piece = string | Citation[] | typeof UNCITED;

/** Something to put into a text, at the characters it is found by. */
interface Place {
  /** In the answer. */
  offset: number;
  characters: string;
  piece: Piece;
  /** Whether the characters stay, with the piece behind them. */
  isBehind: boolean;
}

/** Enough of a sentence's end to find it by. */
const TAIL = 24;

/**
 * Cuts a text at the markers and the ends of uncited sentences in it. Ranges count in `answer`; a text differs from
 * its stretch of the answer where Markdown takes characters away, so that places are found by their own characters.
 */
export function cutAnswer(
  node: Text,
  answer: string,
  citations: Citation[],
  uncited: TextRange[] = [],
): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { characters, piece, isBehind } of places(node, answer, citations, uncited)) {
    const at = node.value.indexOf(characters, done);
    if (at < 0 || characters === "") continue;
    const end = at + characters.length;
    pieces.push(node.value.slice(done, isBehind ? end : at), piece);
    done = end;
  }
  pieces.push(node.value.slice(done));
  return pieces.filter((piece) => piece !== "");
}

/** In the order of the text; citations with the same marker together. */
function places({ position }: Text, answer: string, citations: Citation[], uncited: TextRange[]): Place[] {
  const start = position?.start.offset ?? 0;
  const end = position?.end.offset ?? 0;
  const isInside = (range: TextRange) => range.start >= start && range.end <= end;
  const byMarker = new Map<number, Citation[]>();
  for (const citation of citations.filter(({ range }) => isInside(range))) {
    const { start } = citation.range;
    byMarker.set(start, [...(byMarker.get(start) ?? []), citation]);
  }
  const markers = [...byMarker].map(([offset, cited]): Place => {
    const characters = answer.slice(offset, cited[0]?.range.end);
    return { offset, characters, piece: cited, isBehind: false };
  });
  const endings = uncited
    .filter((range) => range.end > start && range.end <= end)
    .map((range): Place => {
      const tail = Math.max(range.start, start, range.end - TAIL);
      const characters = answer.slice(tail, range.end).trimEnd();
      return { offset: range.end, characters, piece: UNCITED, isBehind: true };
    });
  return [...markers, ...endings].sort((a, b) => a.offset - b.offset);
}
