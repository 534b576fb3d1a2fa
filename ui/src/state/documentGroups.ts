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
