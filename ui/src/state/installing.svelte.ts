import type { ApiError } from "../api/ApiError";
import type { EmbeddingPlan } from "../api/EmbeddingPlan";
import type { LocalModels } from "../api/LocalModels";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Announcer } from "./announcer.svelte";
import type { Indexing } from "./indexing.svelte";
import type { Library } from "./library.svelte";
import { words } from "../words";

/** How much of a model has been fetched, in bytes. */
export interface Fetched {
  fetched: number;
  total: number;
}

/** The models on this computer: fetching others, choosing between them. */
export class Installing {
  /** What is here and what can be had; `null` until that is known. */
  view = $state.raw<LocalModels | null>(null);
  /** The model that the person is asked about before anything is fetched. */
  askedId = $state<string | null>(null);
  /** What embedding with a model takes: the person is asked before that has its role. */
  plan = $state.raw<{ id: string; plan: EmbeddingPlan } | null>(null);
  /** Those that are being fetched now. */
  underWay = $state<Record<string, Fetched | undefined>>({});
  error = $state.raw<ApiError | null>(null);

  readonly #ended: Record<string, Promise<void> | undefined> = {};
  readonly #host: Host;
  readonly #library: Library;
  readonly #indexing: Indexing;
  readonly #announcer: Announcer;

  constructor(host: Host, library: Library, indexing: Indexing, announcer: Announcer) {
    this.#host = host;
    this.#library = library;
    this.#indexing = indexing;
    this.#announcer = announcer;
  }

  /** Looks at what is here; what was said to be wrong stays said. */
  async look() {
    try {
      this.view = await this.#host.localModels();
    } catch (reason) {
      this.error ??= toApiError(reason);
    }
  }

  /** The person says yes: fetches a model, or what is missing of it, and installs it. */
  install(id: string): Promise<void> {
    return (this.#ended[id] = this.#install(id));
  }

  /** Stops fetching; what has come is kept. */
  async pause(id: string) {
    await this.#attempt(() => this.#host.stop(id));
  }

  /** Stops fetching, and throws away what has come. */
  async cancel(id: string) {
    await this.pause(id);
    await this.#ended[id];
    await this.remove(id);
  }

  /** Takes a model off this computer, and what has come of one. */
  async remove(id: string) {
    await this.#change(() => this.#host.removeModel(id));
    void this.#indexing.embed();
  }

  /** Has a model serve its role. Where that has texts embedded anew, the person is told first what it takes. */
  async use(id: string) {
    const model = this.view?.models.find((one) => one.id === id);
    if (model?.role === "embed" && (await this.#hasToTell(id))) return;
    this.plan = null;
    await this.#change(() => this.#host.useModel(id));
    void this.#indexing.embed();
  }

  async importFolder() {
    const [folder] = await this.#host.pickFolder();
    if (folder) await this.#change(() => this.#host.importModel(folder));
  }

  async #hasToTell(id: string): Promise<boolean> {
    if (this.plan?.id === id) return false;
    this.plan = null;
    this.error = null;
    try {
      const plan = await this.#host.embeddingPlan({ local: id });
      if (plan.texts > 0) this.plan = { id, plan };
      return plan.texts > 0;
    } catch (reason) {
      this.error = toApiError(reason);
      return true;
    }
  }

  async #install(id: string) {
    this.askedId = null;
    const model = this.view?.models.find((one) => one.id === id);
    const total = (model?.megabytes ?? 0) * 1e6;
    this.underWay[id] = { fetched: model?.fetched ?? 0, total };
    await this.#change(() =>
      this.#host.installModel({ model: id, id }, (event) => {
        if (event.event === "progress") this.underWay[id] = event;
        else if (event.outcome.state === "failed") this.error = event.outcome.error;
        else if (event.outcome.state === "installed") this.#announcer.say(words.installing.installed(id));
      }),
    );
    this.underWay[id] = undefined;
  }

  async #change(action: () => Promise<unknown>) {
    await this.#attempt(action);
    await this.look();
    await this.#library.refresh();
  }

  async #attempt(action: () => Promise<unknown>) {
    this.error = null;
    try {
      await action();
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }
}
