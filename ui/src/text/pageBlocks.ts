import type { PageBlock } from "../api/PageBlock";
import type { PageView } from "../api/PageView";
import type { TextRange } from "../api/TextRange";

/** What is drawn together: one block, or the items of a list, or the rows of a table. */
export type Group =
  | { kind: "heading" | "paragraph" | "code"; block: PageBlock }
  | { kind: "list"; blocks: PageBlock[] }
  | { kind: "table"; blocks: PageBlock[] };

/** The blocks of a page in groups; a page without structure is one paragraph. */
export function groupBlocks({ text, blocks }: PageView): Group[] {
  if (blocks.length === 0) {
    return [
      { kind: "paragraph", block: { kind: "paragraph", level: 0, range: { start: 0, end: text.length } } },
    ];
  }
  const groups: Group[] = [];
  for (const block of blocks) {
    const kind = groupKind(block);
    const last = groups.at(-1);
    if (kind === "list" || kind === "table") {
      if (last?.kind === kind) last.blocks.push(block);
      else groups.push({ kind, blocks: [block] });
    } else groups.push({ kind, block });
  }
  return groups;
}

function groupKind({ kind }: PageBlock): Group["kind"] {
  if (kind === "list_item") return "list";
  if (kind === "table_header" || kind === "table_row") return "table";
  return kind;
}

/** The cells of a table's row, which tabs part. */
export function cells(text: string, { range }: PageBlock): TextRange[] {
  let start = range.start;
  return text
    .slice(range.start, range.end)
    .split("\t")
    .map((cell) => {
      const place = { start, end: start + cell.length };
      start = place.end + 1;
      return place;
    });
}
