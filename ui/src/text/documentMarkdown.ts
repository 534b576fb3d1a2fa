import type { Literal, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTable } from "micromark-extension-gfm-table";

import type { TextRange } from "../api/TextRange";
import { cutAtMark, type Piece } from "./marked";

/** A Markdown document as a tree; its HTML stays the text it is. */
export function parseDocument(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), frontmatter()],
    mdastExtensions: [gfmTableFromMarkdown(), frontmatterFromMarkdown()],
  });
}

/** What a document says of itself in front of its text; lines that name nothing belong to the name before them. */
export function frontMatter(yaml: string): [name: string, value: string][] {
  const fields = yaml.matchAll(/^([\w-][\w -]*):(.*(?:\n(?![\w-][\w -]*:).*)*)/gm);
  return [...fields].map(([, name = "", value = ""]) => [
    name,
    value.replace(/^\s*(["'])(.*)\1\s*$/, "$2").trim(),
  ]);
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
