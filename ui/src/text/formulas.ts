import type { Nodes } from "mdast";

import type { TextRange } from "../api/TextRange";

/** A formula in a text, written in TeX. */
export interface Formula {
  /** With its signs. */
  range: TextRange;
  tex: string;
  /** Whether it stands on lines of its own. */
  isDisplay: boolean;
}

/**
 * `$$…$$`, `\[…\]`, `\(…\)` and `$…$`, none of them over an empty line. Dollars are mostly money: the two of a formula
 * touch it, nothing that belongs to a word or a number touches them, and no amount with its words stands between.
 */
const FORMULA = new RegExp(
  [
    String.raw`\$\$(?<dollars>(?:\\[^]|(?!\n[ \t]*\n)[^$\\])+?)\$\$`,
    String.raw`\\\[(?!\s*\d+(?:\s*,\s*\d+)*\s*\\\])(?<brackets>(?:(?!\\\]|\n[ \t]*\n)[^])+?)\\\]`,
    String.raw`\\\((?<parentheses>(?:(?!\\\)|\n[ \t]*\n)[^])+?)\\\)`,
    String.raw`(?<![\w$])\$(?![\s$]|[\d.,]+\s+[a-z]{2})(?<inline>(?:\\.|[^$\\\n])+?)(?<!\s)\$(?![\w$])`,
  ]
    .map((form) => String.raw`(?<!\\)${form}`)
    .join("|"),
  "gi",
);

/** The formulas of a text that `root` is the tree of, in their order; code holds none. */
export function findFormulas(text: string, root: Nodes): Formula[] {
  const searched = codeRanges(root).reduce((rest, range) => replace(rest, range, "\n"), text);
  return [...searched.matchAll(FORMULA)].map(({ 0: { length }, index, groups = {} }) => {
    const { dollars, brackets, parentheses, inline } = groups;
    return {
      range: { start: index, end: index + length },
      tex: dollars ?? brackets ?? parentheses ?? inline ?? "",
      isDisplay: (dollars ?? brackets) !== undefined,
    };
  });
}

/** A character that no one writes and that Markdown takes for a letter. */
const MASK = "\uE000";

/** The text with its formulas made unreadable, so that Markdown finds nothing in them; nothing moves. */
export function maskFormulas(text: string, formulas: Formula[]): string {
  return formulas.reduce((rest, { range }) => replace(rest, range, MASK), text);
}

function codeRanges(node: Nodes): TextRange[] {
  if (node.type === "code" || node.type === "inlineCode") {
    return [{ start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }];
  }
  return "children" in node ? node.children.flatMap(codeRanges) : [];
}

function replace(text: string, { start, end }: TextRange, character: string): string {
  return text.slice(0, start) + character.repeat(end - start) + text.slice(end);
}
