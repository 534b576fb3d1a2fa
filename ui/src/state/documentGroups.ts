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

/** Puts each document under its folder (the innermost, where folders are nested), in the order of `folders`. */
export function groupDocuments(documents: DocumentSummary[], folders: string[]): DocumentGroup[] {
  const innermostFirst = folders.toSorted((a, b) => b.length - a.length);
  const byFolder = Map.groupBy(
    documents.toSorted((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true })),
    (document) => innermostFirst.find((folder) => isBelow(document.path, folder)) ?? null,
  );
  return [...folders, null]
    .map((folder) => ({ folder, documents: byFolder.get(folder) ?? [] }))
    .filter(({ folder, documents }) => folder !== null || documents.length > 0)
    .map((group) => ({ ...group, failed: group.documents.filter((document) => document.failure).length }));
}
