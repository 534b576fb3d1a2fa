import type { IndexProgress } from "../api/IndexProgress";

/** How far back the pace is measured, so that one large file does not spoil it and one stop is soon forgotten. */
const WINDOW_MS = 20_000;
/** Earlier than this nothing can be said. */
const LEAST_MS = 1_000;

interface Sample {
  at: number;
  stage: IndexProgress["stage"];
  done: number;
  pages: number;
}

/** How fast the work goes, and how long it will take. */
export interface Pace {
  pagesPerSecond: number;
  /** In the present stage: how fast passages are embedded cannot be told while documents are read beside it. */
  secondsLeft: number | null;
}

/** Measures the pace of work from what is told of it. */
export class PaceMeter {
  #samples: Sample[] = [];

  take(progress: IndexProgress, at: number): Pace | null {
    const { stage, pages } = progress;
    const [done, total] = counted(progress);
    if (this.#samples.at(-1)?.stage !== stage) this.#samples = [];
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS);
    this.#samples.push({ at, stage, done, pages });
    const first = this.#samples[0];
    if (!first || at - first.at < LEAST_MS) return null;
    const seconds = (at - first.at) / 1000;
    const perSecond = (done - first.done) / seconds;
    return {
      pagesPerSecond: (pages - first.pages) / seconds,
      secondsLeft: perSecond > 0 && total > 0 ? (total - done) / perSecond : null,
    };
  }
}

/** What the present stage counts, and how much of it there is: 0 while more is being found. */
export function counted(progress: IndexProgress): [done: number, total: number] {
  const { stage, files_done, files_total, chunks_done, chunks_total } = progress;
  if (stage === "recognising") return [progress.pages_recognised, progress.pages_to_recognise];
  if (stage === "walking") return [files_done, 0];
  return stage === "embedding" ? [chunks_done, chunks_total] : [files_done, files_total];
}
