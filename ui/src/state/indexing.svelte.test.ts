import { afterEach, expect, it, vi } from "vitest";

import { fakeHost, nextFrame } from "../../tests/fakeHost";
import { progress, summary } from "../../tests/fixtures";
import type { ApiError } from "../api/ApiError";
import type { Job } from "../api/Job";
import { Announcer } from "./announcer.svelte";
import { Indexing } from "./indexing.svelte";
import { Library } from "./library.svelte";

afterEach(() => vi.useRealTimers());

function indexingOver(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host, running } = fakeHost(changes);
  const announcer = new Announcer();
  const indexing = new Indexing(host, new Library(host), announcer);
  const finish = (changes = {}) => {
    running.indexing?.send({ event: "finished", summary: summary(changes) });
    running.indexing?.end();
  };
  return { host, running, announcer, indexing, finish };
}

it("shows where the work stands and what came of it, and reads the library again", async () => {
  const { host, running, announcer, indexing, finish } = indexingOver();
  const added = indexing.addSample();
  expect(indexing.progress?.stage).toBe("walking");
  for (const files_done of [1, 2, 3]) {
    running.indexing?.send({ event: "progress", progress: progress({ files_done }) });
  }
  await nextFrame();
  expect(indexing.progress?.files_done).toBe(3);
  expect(announcer.text).toBe("Reading 3 of 4 files");

  const embedding = progress({ stage: "embedding", chunks_done: 12, chunks_total: 16 });
  running.indexing?.send({ event: "progress", progress: embedding });
  await nextFrame();
  expect(indexing.share).toBe(0.75);

  const failures = [{ document: "/logs/b.pdf", reason: { code: "empty" as const } }];
  finish({ added: 3, failures });
  await added;
  expect(indexing.isRunning).toBe(false);
  expect(announcer.text).toBe("Done: 3 documents added and 1 could not be read.");
  expect(host.documents).toHaveBeenCalled();
});

it("takes good news off the screen after a while, unless somebody reads in it or a folder is away", async () => {
  vi.useFakeTimers();
  const { announcer, indexing, finish } = indexingOver();
  const run = async (changes = {}) => {
    const synced = indexing.sync();
    finish(changes);
    await synced;
  };
  await run();
  await vi.runAllTimersAsync();
  expect(indexing.summary).toBeNull();

  await run();
  indexing.keep();
  await vi.runAllTimersAsync();
  expect(indexing.summary).not.toBeNull();

  await run({ added: 0, chunks: 40 });
  expect(announcer.text).toBe("Done: 40 passages embedded.");

  await run({ added: 0, chunks: 0, away: [{ folder: "/drive/logs", documents: 12 }] });
  await vi.runAllTimersAsync();
  expect(indexing.summary).not.toBeNull();
  expect(announcer.text).toBe(
    "Done: nothing has changed. /drive/logs holds nothing to read: it was emptied, or its drive is not connected. Its 12 documents stay in the library.",
  );
});

it("shows what is added meanwhile when it is its turn", async () => {
  const { host, running, indexing, finish } = indexingOver();
  const first = indexing.add(["/logs"]);
  const ofFirst = running.indexing;
  void indexing.add(["/letters"]);
  expect(host.add).toHaveBeenCalledTimes(2);
  ofFirst?.send({ event: "progress", progress: progress({ job: 1, files_done: 3 }) });
  await nextFrame();
  expect(indexing.progress?.files_done).toBe(3);

  ofFirst?.send({ event: "finished", summary: summary() });
  running.indexing?.send({ event: "progress", progress: progress({ job: 2 }) });
  ofFirst?.end();
  await first;
  await nextFrame();
  expect(indexing.progress?.job).toBe(2);
  finish({ added: 7 });
  await vi.waitFor(() => expect(indexing.isRunning).toBe(false));
  expect(indexing.summary?.added).toBe(7);
});

it("shows what is done by itself, and the jobs besides", async () => {
  const { host, running, indexing } = indexingOver();
  void indexing.watch();
  const job = (id: number, state: Job["state"]): Job => ({ id, work: "embed", state, progress: null });
  running.watch?.send({ event: "jobs", jobs: [job(1, "running"), job(2, "paused")] });
  running.watch?.send({ event: "watching", compared: ["/drive/logs"] });
  expect(indexing.compared).toEqual(["/drive/logs"]);
  running.watch?.send({ event: "index", told: { event: "progress", progress: progress() } });
  await nextFrame();
  expect(indexing.others.map(({ id }) => id)).toEqual([2]);
  await indexing.pauseJob(2, false);
  expect(host.resumeJob).toHaveBeenCalledWith(2);

  running.watch?.send({ event: "index", told: { event: "finished", summary: summary({ updated: 1 }) } });
  await vi.waitFor(() => expect(indexing.isRunning).toBe(false));
  expect(indexing.summary?.updated).toBe(1);
  void indexing.goOn();
  expect(host.sync).toHaveBeenCalled();
});

it("rests and goes on, and says so", async () => {
  const { host, running, announcer, indexing, finish } = indexingOver();
  const added = indexing.add(["/logs"]);
  running.indexing?.send({ event: "progress", progress: progress() });
  await nextFrame();
  await indexing.pause(true);
  expect(host.pauseJob).toHaveBeenCalledWith(1);
  running.indexing?.send({ event: "progress", progress: progress({ paused: true }) });
  await nextFrame();
  expect(indexing.isPaused).toBe(true);
  expect(announcer.text).toBe("Paused: Reading 1 of 4 files");

  await indexing.pause(false);
  expect(host.resumeJob).toHaveBeenCalledWith(1);
  running.indexing?.send({ event: "progress", progress: progress() });
  await nextFrame();
  expect(announcer.text).toBe("Reading 1 of 4 files");
  finish();
  await added;
  expect(indexing.isPaused).toBe(false);
});

it("cancels what is shown, also before it has told anything", async () => {
  const { host, running, indexing, finish } = indexingOver();
  const added = indexing.add(["/logs"]);
  await indexing.cancel();
  expect(host.cancelJob).not.toHaveBeenCalled();
  expect(indexing.cancelling).toBe(true);
  running.indexing?.send({ event: "progress", progress: progress({ job: 3 }) });
  await nextFrame();
  expect(host.cancelJob).toHaveBeenCalledWith(3);
  finish({ outcome: "cancelled", added: 1 });
  await added;
  expect(indexing.summary?.outcome).toBe("cancelled");
  expect(indexing.cancelling).toBe(false);
});

it("says why work could not start", async () => {
  const error: ApiError = { code: "request", message: "/gone does not exist." };
  const { indexing } = indexingOver({ add: () => Promise.reject(error) });
  await indexing.add(["/gone"]);
  expect(indexing.error).toEqual(error);
  expect(indexing.isRunning).toBe(false);
});

it("adds what was picked, and nothing where nothing was", async () => {
  const { host, indexing } = indexingOver();
  await indexing.addFolder();
  expect(host.add).not.toHaveBeenCalled();
  host.pickFiles.mockResolvedValue(["/logs/a.pdf"]);
  void indexing.addFiles();
  await vi.waitFor(() => expect(host.add.mock.calls[0]?.[0]).toEqual({ paths: ["/logs/a.pdf"] }));
});

it("goes on with what was cancelled", async () => {
  const { host, indexing, finish } = indexingOver();
  const added = indexing.add(["/logs"]);
  await indexing.cancel();
  finish({ outcome: "cancelled" });
  await added;
  const wentOn = indexing.goOn();
  expect(host.add.mock.calls.map(([request]) => request.paths)).toEqual([["/logs"], ["/logs"]]);
  finish();
  await wentOn;
  expect(indexing.summary?.outcome).toBe("completed");
});
