import type { ApiError } from "../api/ApiError";
import type { BackupEvent } from "../api/BackupEvent";
import type { BackupOutcome } from "../api/BackupOutcome";
import type { BackupRequest } from "../api/BackupRequest";
import type { BackupStage } from "../api/BackupStage";
import type { Listener } from "../api/commands";
import type { Examining } from "../api/Examining";
import type { Mended } from "../api/Mended";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";
import type { Conversation } from "./conversation.svelte";
import type { Library } from "./library.svelte";
import type { Source } from "./source.svelte";

/** What is done to the library. */
export type Work = "backup" | "restore" | "examination";

/** How far it has come. */
export interface Progress {
  step: BackupStage | Examining;
  /** Bytes; both 0 where that cannot be told. */
  done: number;
  total: number;
}

/** How it ended. */
export type Done = Exclude<BackupOutcome, { outcome: "failed" }> | { outcome: "examined"; mended: Mended[] };

/** Backing the library up, putting a backup in its place, and looking it through for what is wrong. */
export class Care {
  isOpen = $state(false);
  /** What goes on; `null` where nothing does. */
  work = $state<Work | null>(null);
  progress = $state.raw<Progress | null>(null);
  /** The backup that the person is asked about before it replaces the library. */
  asked = $state<string | null>(null);
  done = $state.raw<Done | null>(null);
  error = $state.raw<ApiError | null>(null);

  #request: string | null = null;

  constructor(
    readonly host: Host,
    readonly library: Library,
    readonly conversation: Conversation,
    readonly source: Source,
    readonly announcer: Announcer,
  ) {}

  /** What goes on, or how the last work ended, is shown again. */
  open() {
    this.isOpen = true;
    this.asked = null;
  }

  close() {
    this.isOpen = false;
  }

  async backUp() {
    const file = await this.host.pickPlace(words.care.fileName());
    if (file !== null)
      await this.#copy("backup", (request, onEvent) => this.host.backUp(request, onEvent), file);
  }

  async chooseBackup() {
    this.#forget();
    const [file] = await this.host.pickFiles();
    this.asked = file ?? null;
  }

  /** The person says yes. */
  async restore() {
    const file = this.asked;
    this.asked = null;
    if (file === null) return;
    await this.#copy("restore", (request, onEvent) => this.host.restore(request, onEvent), file);
    if (this.done?.outcome !== "restored") return;
    this.source.close();
    await this.conversation.startNew();
    await this.library.refresh();
  }

  async examine() {
    await this.#run("examination", () =>
      this.host.examine((event) => {
        if (event.event === "progress") this.progress = { step: event.step, done: 0, total: 0 };
        else if (event.outcome.outcome === "failed") this.error = event.outcome.error;
        else this.done = event.outcome;
      }),
    );
    await this.library.refresh();
  }

  async stop() {
    if (this.#request !== null) await this.host.stop(this.#request);
  }

  async #copy(
    work: Work,
    start: (request: BackupRequest, onEvent: Listener<BackupEvent>) => Promise<void>,
    file: string,
  ) {
    const id = crypto.randomUUID();
    this.#request = id;
    await this.#run(work, () =>
      start({ file, id }, (event) => {
        if (event.event === "progress") this.progress = { ...event, step: event.stage };
        else if (event.outcome.outcome === "failed") this.error = event.outcome.error;
        else this.done = event.outcome;
      }),
    );
    this.#request = null;
  }

  async #run(work: Work, action: () => Promise<void>) {
    if (this.work !== null) return;
    this.#forget();
    this.work = work;
    try {
      await action();
    } catch (reason) {
      this.error = toApiError(reason);
    }
    this.work = null;
    this.progress = null;
    if (this.done) this.announcer.say(words.care.done(this.done));
  }

  #forget() {
    this.asked = null;
    this.done = null;
    this.error = null;
  }
}
