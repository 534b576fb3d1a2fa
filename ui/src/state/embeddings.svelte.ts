import type { ApiError } from "../api/ApiError";
import type { Embeddings as Kept } from "../api/Embeddings";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Indexing } from "./indexing.svelte";
import type { Library } from "./library.svelte";

/** The embeddings that are kept, by their models. */
export class Embeddings {
  kept = $state.raw<Kept[]>([]);
  error = $state.raw<ApiError | null>(null);

  readonly #host: Host;
  readonly #library: Library;
  readonly #indexing: Indexing;

  constructor(host: Host, library: Library, indexing: Indexing) {
    this.#host = host;
    this.#library = library;
    this.#indexing = indexing;
  }

  async look() {
    try {
      this.kept = await this.#host.embeddings();
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  /** Has the library searched by these at once; what they lack is embedded then. */
  async use(id: number) {
    await this.#change(() => this.#host.useEmbeddings(id));
    void this.#indexing.embed();
  }

  async drop(id: number) {
    await this.#change(() => this.#host.dropEmbeddings(id));
  }

  async #change(action: () => Promise<void>) {
    this.error = null;
    try {
      await action();
    } catch (reason) {
      this.error = toApiError(reason);
    }
    await Promise.all([this.look(), this.#library.refresh()]);
  }
}
