import type { Root, Text } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

import type { Citation } from "../api/Citation";
import type { TextRange } from "../api/TextRange";
import { findFormulas, maskFormulas, type Formula } from "./formulas";

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

/** The text of an answer as a tree. */
export interface AnswerTree {
  root: Root;
  /** What the tree was made of: as long as the answer, its formulas made unreadable. */
  spelled: string;
  formulas: Formula[];
}

/** What a model wrote, as a tree of paragraphs, lists, tables and emphasis. */
export function parseMarkdown(text: string): AnswerTree {
  const root = fromAnswer(text);
  const formulas = findFormulas(text, root);
  if (formulas.length === 0) return { root, spelled: text, formulas };
  const spelled = maskFormulas(text, formulas);
  return { root: fromAnswer(spelled), spelled, formulas };
}

function fromAnswer(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), literally],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
}

/** What stands in documents, as paragraphs and nothing else: their text is data, not markup. */
export function parsePlain(text: string): AnswerTree {
  const paragraphs = [...text.matchAll(/\S[^]*?(?=\n\s*\n|\s*$)/g)];
  const root: Root = {
    type: "root",
    children: paragraphs.map(({ 0: value, index }) => ({
      type: "paragraph",
      children: [{ type: "text", value, position: position(index, index + value.length) }],
    })),
  };
  return { root, spelled: text, formulas: [] };
}

function position(start: number, end: number): Text["position"] {
  const at = (offset: number) => ({ line: 1, column: offset + 1, offset });
  return { start: at(start), end: at(end) };
}

/** The end of a sentence that claims something and cites nothing. */
export const UNCITED = Symbol("uncited");

/** A piece of a text: words, the citations that stand at one place, a formula, or the end of an uncited sentence. */
export type Piece = string | Citation[] | Formula | typeof UNCITED;

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
 * Cuts a text at the formulas, the markers and the ends of uncited sentences in it. Ranges count in the answer; a text
 * differs from its stretch of the answer where Markdown takes characters away, so that places are found by their own
 * characters.
 */
export function cutAnswer(
  node: Text,
  tree: AnswerTree,
  citations: Citation[],
  uncited: TextRange[] = [],
): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { characters, piece, isBehind } of places(node, tree, citations, uncited)) {
    const at = node.value.indexOf(characters, done);
    if (at < 0) continue;
    const end = at + characters.length;
    pieces.push(node.value.slice(done, isBehind ? end : at), piece);
    done = end;
  }
  pieces.push(node.value.slice(done));
  return pieces.filter((piece) => piece !== "");
}

/** In the order of the text. One with no characters of its own stands right behind the one before. */
function places(node: Text, tree: AnswerTree, citations: Citation[], uncited: TextRange[]): Place[] {
  const own = { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
  const formulas = tree.formulas.filter(({ range }) => isWithin(range, own));
  const around = (inner: TextRange) => formulas.find(({ range }) => isWithin(inner, range));
  const spelling = ({ start, end }: TextRange) => tree.spelled.slice(start, end);

  const drawn = formulas.map((formula): Place => {
    const { range } = formula;
    const isCited = citations.some((citation) => isWithin(citation.range, range));
    const piece = isCited ? { ...formula, tex: formula.tex.replace(MARKER, "") } : formula;
    return { offset: range.start, characters: spelling(range), piece, isBehind: false };
  });
  const markers = byMarker(citations.filter(({ range }) => isWithin(range, own))).map(
    ([range, piece]): Place => {
      const formula = around(range);
      if (formula) return { offset: formula.range.end, characters: "", piece, isBehind: true };
      return { offset: range.start, characters: spelling(range), piece, isBehind: false };
    },
  );
  const endings = uncited
    .filter(({ end }) => end > own.start && end <= own.end)
    .map(({ start, end }): Place => {
      const lastFormula = formulas.findLast(({ range }) => range.end <= end)?.range.end ?? 0;
      const tail = Math.max(start, own.start, end - TAIL, lastFormula);
      const characters = spelling({ start: tail, end }).trimEnd();
      return { offset: end, characters, piece: UNCITED, isBehind: true };
    });
  return [...drawn, ...markers, ...endings].sort((a, b) => a.offset - b.offset);
}

/** A marker that was written into a formula; its citations stand behind it. */
const MARKER = /\[\d+(?:\s*,\s*\d+)*\]/g;

/** Citations with the same marker together. */
function byMarker(citations: Citation[]): [TextRange, Citation[]][] {
  const together = new Map<number, [TextRange, Citation[]]>();
  for (const citation of citations) {
    const { range } = citation;
    const [, cited] = together.get(range.start) ?? [range, []];
    together.set(range.start, [range, [...cited, citation]]);
  }
  return [...together.values()];
}

function isWithin(inner: TextRange, outer: TextRange): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
