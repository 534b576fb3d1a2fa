import type { Literal, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

import type { TextRange } from "../api/TextRange";
import { cutAtMark, type Piece } from "./marked";

/** A Markdown document as a tree; its HTML stays the text it is. */
export function parseDocument(text: string): Root {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/**
 * Cuts the text of a node at a mark that counts in the document's source. Where the source spells the text in
 * another way (escapes, entities), all of the node is marked.
 */
export function cutNode({ value, position }: Literal, source: string, mark: TextRange | null): Piece[] {
  const start = position?.start.offset ?? 0;
  const end = position?.end.offset ?? start;
  if (!mark || mark.end <= start || end <= mark.start) return [{ text: value, isMarked: false }];
  const at = source.indexOf(value, start);
  if (at >= 0 && at + value.length <= end) return cutAtMark(value, at, mark);
  return [{ text: value, isMarked: true }];
}
