import type { DocumentSummary } from "../api/DocumentSummary";
import { isBelow } from "../text/paths";

/** Documents that lie below the same folder of the library. */
export interface DocumentGroup {
  /** `null` holds the files that were added one by one. */
  folder: string | null;
  /** By path. */
  documents: DocumentSummary[];
  failed: number;
}

/** One line of the tree: a folder, or a document of the folder above it. */
export type TreeRow =
  | { kind: "folder"; group: DocumentGroup; isOpen: boolean }
  | { kind: "document"; document: DocumentSummary; folder: string | null };

/** Puts each document under its folder (the innermost, where folders are nested), in the order of `folders`. */
export function groupDocuments(documents: DocumentSummary[], folders: string[]): DocumentGroup[] {
  const innermostFirst = folders.toSorted((a, b) => b.length - a.length);
  const groups = new Map(
    [...folders, null].map((folder): [string | null, DocumentGroup] => [
      folder,
      { folder, documents: [], failed: 0 },
    ]),
  );
  for (const document of documents.toSorted(byPath)) {
    const group = groups.get(innermostFirst.find((folder) => isBelow(document.path, folder)) ?? null);
    group?.documents.push(document);
    if (group && document.failure) group.failed += 1;
  }
  return [...groups.values()].filter(({ folder, documents }) => folder !== null || documents.length > 0);
}

const pathOrder = new Intl.Collator(undefined, { numeric: true });

function byPath(a: DocumentSummary, b: DocumentSummary): number {
  return pathOrder.compare(a.path, b.path);
}

/** The lines to draw: those whose path or title holds `filter`, without the documents of folded folders. */
export function treeRows(
  groups: DocumentGroup[],
  folded: ReadonlySet<string | null>,
  filter: string,
): TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  return groups.flatMap((group) => {
    const isOpen = !folded.has(group.folder);
    const documents = wanted
      ? group.documents.filter((document) => holds(document, wanted))
      : group.documents;
    if (wanted && documents.length === 0) return [];
    const rows = documents.map((document): TreeRow => ({ kind: "document", document, folder: group.folder }));
    return [{ kind: "folder", group: { ...group, documents }, isOpen }, ...(isOpen ? rows : [])];
  });
}

function holds({ path, title }: DocumentSummary, wanted: string): boolean {
  return `${path}\n${title}`.toLowerCase().includes(wanted);
}

/** What tells a row from all others. */
export function rowKey(row: TreeRow): string | number {
  return row.kind === "document" ? row.document.id : `folder ${row.group.folder ?? ""}`;
}
