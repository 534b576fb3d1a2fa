import { expect, it } from "vitest";

import { progress } from "../../tests/fixtures";
import { PaceMeter } from "./pace";

it("tells speed and rest from the last seconds, and nothing before it can", () => {
  const meter = new PaceMeter();
  const at = (files_done: number) => progress({ files_total: 100, files_done, pages: files_done * 10 });
  expect(meter.take(at(0), 0)).toBeNull();
  expect(meter.take(at(1), 500)).toBeNull();
  expect(meter.take(at(4), 4_000)).toEqual({ pagesPerSecond: 10, secondsLeft: 96 });
  // A slow beginning is forgotten.
  expect(meter.take(at(14), 23_000)?.secondsLeft).toBeCloseTo((86 * 19) / 10);
});

it("begins anew with each stage, and promises nothing where nothing moves", () => {
  const meter = new PaceMeter();
  meter.take(progress({ files_done: 1 }), 0);
  const embedding = progress({ stage: "embedding", chunks_done: 8, chunks_total: 16 });
  expect(meter.take(embedding, 5_000)).toBeNull();
  expect(meter.take(embedding, 10_000)).toEqual({ pagesPerSecond: 0, secondsLeft: null });
});

it("knows no end while files are still being found", () => {
  const meter = new PaceMeter();
  const found = (files_done: number) =>
    progress({ stage: "walking", files_done, files_total: files_done + 256, pages: files_done });
  meter.take(found(0), 0);
  expect(meter.take(found(400), 4000)).toEqual({ pagesPerSecond: 100, secondsLeft: null });
});
