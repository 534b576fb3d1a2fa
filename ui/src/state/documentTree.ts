import type { DocumentSummary } from "../api/DocumentSummary";
import { fileName, foldersBelow, isBelow } from "../text/paths";

/** A folder with what lies in it, at any depth. */
export interface FolderNode {
  /** `null` holds the files that were added one by one. */
  path: string | null;
  name: string;
  /** In the order of their names. */
  folders: FolderNode[];
  documents: DocumentSummary[];
  /** All documents below it. */
  count: number;
  failed: number;
}

/** One line of the tree: a folder, or a document of the folder above it. `depth` is 0 for folders of the library. */
export type TreeRow =
  | { kind: "folder"; folder: FolderNode; depth: number; isOpen: boolean }
  | { kind: "document"; document: DocumentSummary; depth: number };

/** By their names, the files changed last first, the largest or the longest first, or what was not read in full first. */
export type Order = "name" | "date" | "size" | "pages" | "state";

/** Puts each document under the folders it lies in, below the innermost of the library's `folders`. */
export function documentTree(
  documents: DocumentSummary[],
  folders: string[],
  order: Order = "name",
): FolderNode[] {
  const innermostFirst = folders.toSorted((a, b) => b.length - a.length);
  const roots = new Map([...folders, null].map((path) => [path, emptyFolder(path)]));
  const nodes = new Map<string, FolderNode>();
  for (const document of documents) {
    const root = innermostFirst.find((folder) => isBelow(document.path, folder)) ?? null;
    let parent = roots.get(root);
    if (!parent) continue;
    const between = root === null ? [] : foldersBelow(document.path, root);
    for (const folder of [null, ...between]) {
      if (folder !== null) parent = childFolder(parent, folder, nodes);
      parent.count += 1;
      if (document.failure) parent.failed += 1;
    }
    parent.documents.push(document);
  }
  return [...roots.values()]
    .filter(({ path, count }) => path !== null || count > 0)
    .map((root) => sorted(root, order));
}

function childFolder(parent: FolderNode, path: string, nodes: Map<string, FolderNode>): FolderNode {
  let node = nodes.get(path);
  if (!node) {
    node = emptyFolder(path);
    nodes.set(path, node);
    parent.folders.push(node);
  }
  return node;
}

function emptyFolder(path: string | null): FolderNode {
  return { path, name: fileName(path ?? ""), folders: [], documents: [], count: 0, failed: 0 };
}

const nameOrder = new Intl.Collator(undefined, { numeric: true });

/** Names are compared within their folder only: whole paths take several times as long, at each look at the library. */
function sorted(node: FolderNode, order: Order): FolderNode {
  node.folders.sort((a, b) => nameOrder.compare(a.name, b.name));
  node.folders.forEach((folder) => sorted(folder, order));
  node.documents = node.documents
    .map((document) => ({ document, name: fileName(document.path) }))
    .sort((a, b) => first[order](a.document, b.document) || nameOrder.compare(a.name, b.name))
    .map(({ document }) => document);
  return node;
}

/** What goes before the name. */
const first: Record<Order, (a: DocumentSummary, b: DocumentSummary) => number> = {
  name: () => 0,
  date: (a, b) => b.modified_at - a.modified_at,
  size: (a, b) => b.size - a.size,
  pages: (a, b) => b.pages - a.pages,
  state: (a, b) => trouble(b) - trouble(a),
};

function trouble({ failure, warnings }: DocumentSummary): number {
  return failure ? 2 : Math.sign(warnings.length);
}

/** Whether not all of it was read. */
export function isIncomplete(document: DocumentSummary): boolean {
  return trouble(document) > 0;
}

/** The lines to draw: those whose path or title holds `filter`, without what lies in folded folders. */
export function treeRows(roots: FolderNode[], folded: ReadonlySet<string | null>, filter: string): TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  return roots.flatMap((root) => rowsOf(wanted ? matching(root, wanted) : root, 0, folded, wanted !== ""));
}

function rowsOf(
  folder: FolderNode,
  depth: number,
  folded: ReadonlySet<string | null>,
  isFiltered: boolean,
): TreeRow[] {
  if (isFiltered && folder.count === 0) return [];
  const isOpen = !folded.has(folder.path);
  const row: TreeRow = { kind: "folder", folder, depth, isOpen };
  if (!isOpen) return [row];
  const inside = folder.folders.flatMap((inner) => rowsOf(inner, depth + 1, folded, isFiltered));
  const documents = folder.documents.map((document): TreeRow => {
    return { kind: "document", document, depth: depth + 1 };
  });
  return [row, ...inside, ...documents];
}

/** The folder with those of its documents alone that match. */
function matching(folder: FolderNode, wanted: string): FolderNode {
  const folders = folder.folders.map((inner) => matching(inner, wanted));
  const documents = folder.documents.filter((document) => holds(document, wanted));
  const sum = (of: "count" | "failed") => folders.reduce((all, inner) => all + inner[of], 0);
  const failed = documents.filter(({ failure }) => failure).length;
  return {
    ...folder,
    folders,
    documents,
    count: documents.length + sum("count"),
    failed: failed + sum("failed"),
  };
}

function holds({ path, title }: DocumentSummary, wanted: string): boolean {
  return `${path}\n${title}`.toLowerCase().includes(wanted);
}

/** What tells a row from all others. */
export function rowKey(row: TreeRow): string | number {
  return row.kind === "document" ? row.document.id : `folder ${row.folder.path ?? ""}`;
}

export function rowName(row: TreeRow): string {
  return row.kind === "document" ? fileName(row.document.path) : row.folder.name;
}

/** `null` for the files that were added one by one. */
export function rowPath(row: TreeRow): string | null {
  return row.kind === "document" ? row.document.path : row.folder.path;
}

/** Where the folder stands that a row lies in. */
export function parentRow(rows: readonly TreeRow[], index: number): number | undefined {
  const depth = rows[index]?.depth ?? 0;
  const parent = rows.slice(0, index).findLastIndex((row) => row.depth < depth);
  return parent < 0 ? undefined : parent;
}

/** A folder with those that lie in it down to a depth, each below the one it lies in. */
export function foldersWithin(
  { path, name, folders }: FolderNode,
  most: number,
  depth = 0,
): { path: string; name: string; depth: number }[] {
  const inner = depth < most ? folders.flatMap((folder) => foldersWithin(folder, most, depth + 1)) : [];
  return path === null ? inner : [{ path, name, depth }, ...inner];
}

/** Documents in the order of their paths, each as it was said last. */
export function withChanged(documents: DocumentSummary[], changed: DocumentSummary[]): DocumentSummary[] {
  const byId = new Map([...documents, ...changed].map((document) => [document.id, document]));
  return [...byId.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
