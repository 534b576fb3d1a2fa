import { expect, it } from "vitest";

import { fakeHost } from "../../tests/fakeHost";
import { document, folder, folderSummary, status } from "../../tests/fixtures";
import type { FolderSummary } from "../api/FolderSummary";
import type { LibraryStatus } from "../api/LibraryStatus";
import { Library } from "./library.svelte";

it("answers calls that come while it reads with what is there after them", async () => {
  const replies: ((status: LibraryStatus) => void)[] = [];
  const { host } = fakeHost({ status: () => new Promise((resolve) => replies.push(resolve)) });
  const library = new Library(host);
  const first = library.refresh();
  const later = [library.refresh(), library.refresh()];
  replies[0]?.(status({ documents: 1 }));
  await first;
  await expect.poll(() => replies.length).toBe(2);
  replies[1]?.(status({ documents: 2 }));
  await Promise.all(later);
  expect(library.status?.documents).toBe(2);
  expect(host.status).toHaveBeenCalledTimes(2);
});

it("waits for no drive, and goes by what was asked last of the folders", async () => {
  const replies: ((folders: FolderSummary[]) => void)[] = [];
  const { host } = fakeHost({ folders: () => new Promise((resolve) => replies.push(resolve)) });
  const library = new Library(host);
  await library.refresh();
  await library.refresh();
  replies[1]?.([folderSummary({ away: true }), folderSummary({ path: "/logs" })]);
  replies[0]?.([folderSummary()]);
  await expect.poll(() => library.away).toEqual([folder]);
});

it("keeps what it knew when the library cannot be read, and recovers", async () => {
  const { host } = fakeHost();
  const library = new Library(host);
  await library.refresh();
  const error = { code: "library", message: "library.db is locked." } as const;
  host.status.mockRejectedValueOnce(error);
  await library.refresh();
  expect(library.error).toEqual(error);
  expect(library.canAnswer).toBe(true);
  await library.refresh();
  expect(library.error).toBeNull();
});

it("asks while documents are taken in for those that have changed only", async () => {
  const { host } = fakeHost({
    documents: async () => [document(1, "/logs/b.md"), document(2, "/logs/c.md")],
  });
  const library = new Library(host);
  await library.refresh();
  const newer = { ...document(1, "/logs/b.md"), title: "Tides", changed_at: 70 };
  host.documents.mockResolvedValueOnce([newer, document(3, "/logs/a.md")]);
  await library.follow();
  expect(library.documents.map(({ path }) => path)).toEqual(["/logs/a.md", "/logs/b.md", "/logs/c.md"]);
  expect(library.documents[1]?.title).toBe("Tides");
  await library.follow();
  expect(host.documents.mock.calls.map(([since]) => since)).toEqual([undefined, 60, 70]);
});
