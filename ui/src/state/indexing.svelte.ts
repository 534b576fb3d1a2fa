import type { ApiError } from "../api/ApiError";
import type { Listener } from "../api/commands";
import type { IndexEvent } from "../api/IndexEvent";
import type { IndexProgress } from "../api/IndexProgress";
import type { IndexSummary } from "../api/IndexSummary";
import type { Job } from "../api/Job";
import type { RecognitionPlan } from "../api/RecognitionPlan";
import type { WatchEvent } from "../api/WatchEvent";
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
  job: 0,
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

/** One command's job, from its start to its end. */
interface Run {
  again: () => Promise<void>;
}

/** Taking in folders and files. Jobs are done one after the other; the one that is under way is shown. */
export class Indexing {
  /** Where the work stands; `null` where none is going on. */
  progress = $state.raw<IndexProgress | null>(null);
  /** What the last run did. */
  summary = $state.raw<IndexSummary | null>(null);
  /** Why the last run could not start. */
  error = $state.raw<ApiError | null>(null);
  cancelling = $state(false);
  /** All that has not come to its end. */
  jobs = $state.raw<Job[]>([]);
  /** The folders that the system does not watch: they are compared now and then. */
  compared = $state.raw<string[]>([]);
  /** How fast it goes; `null` until that can be told. */
  pace = $state.raw<Pace | null>(null);

  readonly isRunning = $derived(this.progress !== null);
  readonly isPaused = $derived(this.progress?.paused ?? false);
  /** The jobs besides the one that is shown. */
  readonly others = $derived(this.jobs.filter(({ id }) => id !== this.progress?.job));
  /** How much of the present stage is done, from 0 to 1; `null` until it is counted. */
  readonly share = $derived(this.progress && shareDone(this.progress));

  readonly #host: Host;
  readonly #library: Library;
  readonly #announcer: Announcer;
  readonly #events = new FrameBatch<IndexEvent>((events) => this.#take(events));
  #meter = new PaceMeter();
  /** The run that is shown, or was last. */
  #shown: Run | null = null;
  #refreshedAt = 0;
  #dismissal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, library: Library, announcer: Announcer) {
    this.#host = host;
    this.#library = library;
    this.#announcer = announcer;
  }

  async add(paths: string[]) {
    if (paths.length > 0) await this.#run((onEvent) => this.#host.add({ paths }, onEvent));
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

  /** Reads every document once more. */
  readAgain() {
    return this.#run((onEvent) => this.#host.readAgain(onEvent));
  }

  /** Has the rest embedded where there is one: whether, and after what else, the engine knows. */
  embed() {
    return this.#runLater((onEvent) => this.#host.embed(onEvent));
  }

  /** Follows the folders, and what is done by itself, as long as the window is open. */
  async watch() {
    const run: Run = { again: () => this.sync() };
    try {
      await this.#host.watch((event) => this.#see(event, run));
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
    await this.#shown?.again();
  }

  /** Ends the job that is shown; one that has not begun yet, as soon as it has. */
  async cancel() {
    this.cancelling = true;
    if (this.progress?.job) await this.cancelJob(this.progress.job);
  }

  /** Lets the job that is shown rest, or go on. */
  async pause(paused: boolean) {
    if (this.progress?.job) await this.pauseJob(this.progress.job, paused);
  }

  async cancelJob(id: number) {
    try {
      await this.#host.cancelJob(id);
    } catch (reason) {
      this.cancelling = false;
      this.error = toApiError(reason);
    }
  }

  async pauseJob(id: number, paused: boolean) {
    try {
      await (paused ? this.#host.pauseJob(id) : this.#host.resumeJob(id));
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

  /** Shows a job at once where none is under way, else when it is its turn. */
  async #run(start: (onEvent: Listener<IndexEvent>) => Promise<void>) {
    const run: Run = { again: () => this.#run(start) };
    if (!this.isRunning) this.#begin(run);
    await this.#follow(run, start);
  }

  /** Shows a job once it has something to tell. */
  async #runLater(start: (onEvent: Listener<IndexEvent>) => Promise<void>) {
    await this.#follow({ again: () => this.#runLater(start) }, start);
  }

  async #follow(run: Run, start: (onEvent: Listener<IndexEvent>) => Promise<void>) {
    try {
      await start((event) => this.#tell(event, run));
    } catch (reason) {
      this.error = toApiError(reason);
    }
    await this.#end(run);
  }

  #see(event: WatchEvent, run: Run) {
    if (event.event === "jobs") this.jobs = event.jobs;
    else if (event.event === "watching") this.compared = event.compared;
    else if (event.event === "looked") void this.#library.refresh();
    else {
      this.#tell(event.told, run);
      if (event.told.event === "finished") void this.#end(run);
    }
  }

  #tell(event: IndexEvent, run: Run) {
    if (this.#shown !== run || !this.isRunning) this.#begin(run);
    this.#events.push(event);
  }

  #begin(run: Run) {
    this.#events.flush();
    this.dismiss();
    this.#shown = run;
    this.#meter = new PaceMeter();
    this.cancelling = false;
    this.progress = NOTHING_YET;
    this.#announcer.say(words.indexing.started);
  }

  async #end(run: Run) {
    if (this.#shown !== run) return;
    this.#events.flush();
    await this.#library.refresh();
    // The next job may have begun meanwhile.
    if (this.#shown !== run) return;
    this.progress = null;
    this.pace = null;
    this.cancelling = false;
    this.#dismissLater();
    if (this.summary) this.#announcer.say(spoken(this.summary));
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
    const isNew = this.progress?.job !== progress.job;
    this.progress = progress;
    if (isNew && this.cancelling) void this.cancelJob(progress.job);
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
