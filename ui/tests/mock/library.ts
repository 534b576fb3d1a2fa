import type { DocumentSummary } from "../../src/api/DocumentSummary";
import type { LibraryStatus } from "../../src/api/LibraryStatus";
import { document, endpointModel, folder, status } from "../fixtures";

const encrypted = {
  document: `${folder}/charts/harbour-plan.pdf`,
  reason: { code: "encrypted" },
} as const;

const documents: DocumentSummary[] = [
  document(1, `${folder}/keepers-log.pdf`, { title: "The keeper's log", pages: 9 }),
  document(2, `${folder}/tide-tables.pdf`, { title: "Tide tables", pages: 24 }),
  document(3, `${folder}/guides/lamp-maintenance.md`, { title: "Maintenance of the lamp", pages: 1 }),
  document(4, `${folder}/guides/a-rather-long-file-name-about-the-fog-signal-and-its-compressor.pdf`, {
    pages: 112,
  }),
  document(5, encrypted.document, { pages: 0, failure: encrypted }),
  document(6, "/home/reader/Downloads/letter.txt", { pages: 1 }),
];

/** The libraries that `/?library=` chooses from. */
export const libraries: Record<string, { status: LibraryStatus; documents: DocumentSummary[] }> = {
  empty: {
    status: status({ folders: [], documents: 0, pages: 0 }),
    documents: [],
  },
  full: { status: status({ documents: 5, pages: 147, failures: [encrypted] }), documents },
  connected: {
    status: status({
      documents: 5,
      pages: 147,
      failures: [encrypted],
      models: {
        embed: endpointModel("bge-large"),
        write: endpointModel("small-writer"),
        judge: endpointModel("small-writer"),
      },
    }),
    documents,
  },
  huge: {
    status: status({ documents: 10_000, pages: 90_000 }),
    documents: Array.from({ length: 10_000 }, (_, index) =>
      document(index, `${folder}/${index % 90}/page-${index}.pdf`),
    ),
  },
};
