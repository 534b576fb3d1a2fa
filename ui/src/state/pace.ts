import type { IndexProgress } from "../api/IndexProgress";

/** How far back the pace is measured, so that one large file does not spoil it and one stop is soon forgotten. */
const WINDOW_MS = 20_000;
/** Earlier than this nothing can be said. */
const LEAST_MS = 1_000;

/** What was through at one moment. */
interface Sample {
  at: number;
  files: number;
  pages: number;
  recognised: number;
  chunks: number;
}

/** How fast the work goes, and how long it will take. */
export interface Pace {
  pagesPerSecond: number;
  /** Until all that is known of is read and embedded; `null` while that cannot be told. */
  secondsLeft: number | null;
}

/** Measures the pace of work from what is told of it. */
export class PaceMeter {
  #samples: Sample[] = [];

  take(progress: IndexProgress, at: number): Pace | null {
    const { files_done: files, pages, pages_recognised: recognised, chunks_done: chunks } = progress;
    const now = { at, files, pages, recognised, chunks };
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS);
    this.#samples.push(now);
    const first = this.#samples[0] ?? now;
    if (at - first.at < LEAST_MS) return null;
    const perSecond = (what: Exclude<keyof Sample, "at">) =>
      (1000 * (now[what] - first[what])) / (at - first.at);
    // All of it goes on side by side.
    const seconds = Math.max(
      ...rest(progress).map(([what, left]) => (left === 0 ? 0 : left / perSecond(what))),
    );
    return { pagesPerSecond: perSecond("pages"), secondsLeft: Number.isFinite(seconds) ? seconds : null };
  }
}

/** What the present stage counts, and how much of it there is: 0 while more is being found. */
export function counted(progress: IndexProgress): [done: number, total: number] {
  const { stage, files_done, files_total, chunks_done, chunks_total } = progress;
  if (stage === "recognising") return [progress.pages_recognised, progress.pages_to_recognise];
  if (stage === "walking") return [files_done, 0];
  return stage === "embedding" ? [chunks_done, chunks_total] : [files_done, files_total];
}

/** What is left: nothing while more files are being found. Files that are not read yet have as many passages as the others. */
function rest(progress: IndexProgress): ["files" | "recognised" | "chunks", number][] {
  const { stage, files_done, files_total, chunks_done, chunks_total } = progress;
  if (stage === "walking" || stage === "saving") return [];
  const chunks = files_done > 0 ? (chunks_total * files_total) / files_done : chunks_total;
  return [
    ["files", files_total - files_done],
    ["recognised", progress.pages_to_recognise - progress.pages_recognised],
    ["chunks", Math.max(0, chunks - chunks_done)],
  ];
}
