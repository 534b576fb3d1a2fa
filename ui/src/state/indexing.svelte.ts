import type { ApiError } from "../api/ApiError";
import type { Listener } from "../api/commands";
import type { IndexEvent } from "../api/IndexEvent";
import type { IndexProgress } from "../api/IndexProgress";
import type { IndexSummary } from "../api/IndexSummary";
import type { RecognitionPlan } from "../api/RecognitionPlan";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";
import { FrameBatch } from "./frameBatch";
import type { Library } from "./library.svelte";
import { counted, PaceMeter, type Pace } from "./pace";

/** How often the list of documents follows the work. */
const REFRESH_MS = 2000;

/** Long enough to be read. */
const GOOD_NEWS_MS = 10_000;

const NOTHING_YET: IndexProgress = {
  stage: "walking",
  files_total: 0,
  files_done: 0,
  files_failed: 0,
  pages: 0,
  pages_to_recognise: 0,
  pages_recognised: 0,
  chunks_total: 0,
  chunks_done: 0,
  current: null,
  paused: false,
  waiting: null,
};

/** Taking in folders and files: one run at a time, what is added meanwhile comes next. */
export class Indexing {
  /** Where the work stands; `null` where none is going on. */
  progress = $state.raw<IndexProgress | null>(null);
  /** What the last run did. */
  summary = $state.raw<IndexSummary | null>(null);
  /** Why the last run could not start. */
  error = $state.raw<ApiError | null>(null);
  cancelling = $state(false);
  /** How fast it goes; `null` until that can be told. */
  pace = $state.raw<Pace | null>(null);

  readonly isRunning = $derived(this.progress !== null);
  readonly isPaused = $derived(this.progress?.paused ?? false);
  /** How much of the present stage is done, from 0 to 1; `null` until it is counted. */
  readonly share = $derived(this.progress && shareDone(this.progress));

  readonly #host: Host;
  readonly #library: Library;
  readonly #announcer: Announcer;
  readonly #events = new FrameBatch<IndexEvent>((events) => this.#take(events));
  #waiting: string[] = [];
  #meter = new PaceMeter();
  /** Does the last run once more; what was finished is not done again. */
  #again: (() => Promise<void>) | null = null;
  #refreshedAt = 0;
  #dismissal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, library: Library, announcer: Announcer) {
    this.#host = host;
    this.#library = library;
    this.#announcer = announcer;
  }

  async add(paths: string[]) {
    if (paths.length === 0) return;
    if (this.isRunning) {
      this.#waiting.push(...paths);
      return;
    }
    await this.#run((onEvent) => this.#host.add({ paths }, onEvent));
  }

  addFolder() {
    return this.#addPicked(() => this.#host.pickFolder());
  }

  addFiles() {
    return this.#addPicked(() => this.#host.pickFiles());
  }

  /** Takes in what the app was opened with. */
  addOpened() {
    return this.#addPicked(() => this.#host.openedPaths());
  }

  addSample() {
    return this.#run((onEvent) => this.#host.addSample(onEvent));
  }

  sync() {
    return this.#run((onEvent) => this.#host.sync(onEvent));
  }

  /** Has the rest embedded where there is one: whether, and after what else, the engine knows. */
  async embed() {
    try {
      await this.#host.embed((event) => this.#follow(event));
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  /** Has pages read that the person has agreed to have sent. */
  recognise(agreed: RecognitionPlan) {
    return this.#run((onEvent) => this.#host.recognise(agreed, onEvent));
  }

  /** Goes on with what was cancelled. */
  async goOn() {
    await this.#again?.();
  }

  async cancel() {
    this.cancelling = true;
    this.#waiting = [];
    try {
      await this.#host.cancelIndexing();
    } catch (reason) {
      this.cancelling = false;
      this.error = toApiError(reason);
    }
  }

  /** Lets the run rest, or go on. */
  async pause(paused: boolean) {
    try {
      await (paused ? this.#host.pauseIndexing() : this.#host.resumeIndexing());
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  /** Leaves the outcome of the last run on the screen until it is dismissed: somebody reads in it. */
  keep() {
    clearTimeout(this.#dismissal);
  }

  /** Takes the outcome of the last run off the screen. */
  dismiss() {
    this.keep();
    this.summary = null;
    this.error = null;
  }

  /** Good news need not be taken off the screen by hand. */
  #dismissLater() {
    const summary = this.summary;
    if (!summary || summary.outcome !== "completed" || summary.failures.length > 0) return;
    if (summary.unread_pages.length + summary.unembedded.length + summary.away.length > 0) return;
    this.#dismissal = setTimeout(() => this.dismiss(), GOOD_NEWS_MS);
  }

  async #addPicked(pick: () => Promise<string[]>) {
    try {
      await this.add(await pick());
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  async #run(start: (onEvent: Listener<IndexEvent>) => Promise<void>) {
    if (this.isRunning) return;
    this.#begin(() => this.#run(start));
    try {
      await start((event) => this.#events.push(event));
    } catch (reason) {
      this.error = toApiError(reason);
    }
    await this.#end();
  }

  /** Shows a run that begins when the engine has its turn. */
  #follow(event: IndexEvent) {
    if (!this.isRunning) this.#begin(() => this.embed());
    this.#events.push(event);
    if (event.event === "finished") void this.#end();
  }

  #begin(again: () => Promise<void>) {
    this.dismiss();
    this.#again = again;
    this.#meter = new PaceMeter();
    this.progress = NOTHING_YET;
    this.#announcer.say(words.indexing.started);
  }

  async #end() {
    this.#events.flush();
    await this.#library.refresh();
    this.progress = null;
    this.pace = null;
    this.cancelling = false;
    this.#dismissLater();
    if (this.summary) this.#announcer.say(spoken(this.summary));
    await this.add(this.#waiting.splice(0));
  }

  #take(events: IndexEvent[]) {
    for (const event of events) {
      if (event.event === "progress") this.#proceed(event.progress);
      else this.summary = event.summary;
    }
    this.#refreshNowAndThen();
  }

  /** Each quarter of the way is said aloud, not each file. */
  #proceed(progress: IndexProgress) {
    const before = Math.floor(4 * (this.share ?? 0));
    const wasPaused = this.isPaused;
    this.progress = progress;
    // A rest is no pace: it is measured anew.
    if (progress.paused) this.#meter = new PaceMeter();
    this.pace = progress.paused ? null : this.#meter.take(progress, performance.now());
    if (this.isPaused !== wasPaused) this.#announcer.say(words.indexing.stage(progress));
    if (Math.floor(4 * (this.share ?? 0)) > before) this.#announcer.say(words.indexing.stage(progress));
  }

  #refreshNowAndThen() {
    if (this.progress?.files_done === 0 || performance.now() - this.#refreshedAt < REFRESH_MS) return;
    this.#refreshedAt = performance.now();
    void this.#library.follow();
  }
}

function spoken(summary: IndexSummary): string {
  return [words.indexing.outcome(summary), ...summary.away.map(words.indexing.away)].join(" ");
}

function shareDone(progress: IndexProgress): number | null {
  const [done, total] = counted(progress);
  return total === 0 ? null : done / total;
}
