import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { fakeHost } from "../../tests/fakeHost";
import { passage } from "../../tests/fixtures";
import type { SearchResponse } from "../api/SearchResponse";
import { Announcer } from "./announcer.svelte";
import { Search } from "./search.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function response(query: string): SearchResponse {
  return {
    query,
    words: [query],
    passages: [passage(1)],
    coverage: { searched: 3, files: 3, failed: 0, pages_without_text: 0, words_alone: false },
    timings_ms: { embed: 1, search: 2, rerank: 0, total: 3 },
  };
}

it("searches once for what was typed in one go", async () => {
  const { host } = fakeHost({ search: async ({ query }) => response(query) });
  const search = new Search(host, new Announcer());
  for (const query of ["l", "la", "lam", "lamp "]) search.type(query);
  await vi.runAllTimersAsync();
  expect(host.search.mock.calls.map(([request]) => request.query)).toEqual(["lamp"]);
  expect(search.found?.passages).toHaveLength(1);
  search.type("  ");
  await vi.runAllTimersAsync();
  expect(search.found).toBeNull();
  expect(host.search).toHaveBeenCalledTimes(1);
});

it("shows what was asked for last, in whatever order it arrives", async () => {
  const replies: ((found: SearchResponse) => void)[] = [];
  const { host } = fakeHost({ search: () => new Promise((resolve) => replies.push(resolve)) });
  const search = new Search(host, new Announcer());
  search.query = "lamp";
  const first = search.search();
  search.query = "lantern";
  const second = search.search();
  replies[1]?.(response("lantern"));
  replies[0]?.(response("lamp"));
  await Promise.all([first, second]);
  const [{ id }] = host.search.mock.calls[0] ?? [{ id: undefined }];
  expect(host.stop.mock.calls).toEqual([[id]]);
  expect(search.found?.query).toBe("lantern");
  expect(search.isSearching).toBe(false);
});

it("keeps what was found when a search fails, and says why", async () => {
  const gone = { code: "endpoint", message: "models.example does not answer." } as const;
  const { host } = fakeHost({
    search: vi.fn().mockResolvedValueOnce(response("lamp")).mockRejectedValueOnce(gone),
  });
  const search = new Search(host, new Announcer());
  search.query = "lamp";
  await search.search();
  await search.search();
  expect(search.error).toEqual(gone);
  expect(search.found?.query).toBe("lamp");
});

it("searches in the files of a year, or of the last days", async () => {
  const { host } = fakeHost({ search: async ({ query }) => response(query) });
  const search = new Search(host, new Announcer());
  search.query = "lamp";
  search.filter({ changed: "2023" });
  search.filter({ changed: "2024-06-08" });
  search.filter({ changed: null });
  const asked = host.search.mock.calls.map(([{ after, before }]) => [after, before]);
  expect(asked).toEqual([
    ["2023", "2024"],
    ["2024-06-08", null],
    [undefined, undefined],
  ]);
});
