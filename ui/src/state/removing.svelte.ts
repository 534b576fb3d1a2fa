import type { ApiError } from "../api/ApiError";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";
import type { Library } from "./library.svelte";
import type { Source } from "./source.svelte";

/** Taking a folder or a document out of the library. */
export class Removing {
  /** What a person is asked about; `null` where nothing is. */
  path = $state<string | null>(null);
  isRemoving = $state(false);
  error = $state.raw<ApiError | null>(null);

  readonly #host: Host;
  readonly #library: Library;
  readonly #source: Source;
  readonly #announcer: Announcer;

  constructor(host: Host, library: Library, source: Source, announcer: Announcer) {
    this.#host = host;
    this.#library = library;
    this.#source = source;
    this.#announcer = announcer;
  }

  open(path: string) {
    if (this.isRemoving) return;
    this.error = null;
    this.path = path;
  }

  close() {
    this.path = null;
  }

  /** Takes it out; a failure is said where it was asked for, even if that was closed since. */
  async remove() {
    const { path } = this;
    if (path === null || this.isRemoving) return;
    this.isRemoving = true;
    this.error = null;
    try {
      const removed = await this.#host.remove({ paths: [path] });
      await this.#library.refresh();
      this.#closeSource();
      this.path = null;
      this.#announcer.say(words.removing.done(removed));
    } catch (reason) {
      this.path = path;
      this.error = toApiError(reason);
    }
    this.isRemoving = false;
  }

  /** A page of a document that is out of the library cannot be turned any more. */
  #closeSource() {
    const shown = this.#source.place?.documentId;
    if (shown === undefined || this.#library.documents.some(({ id }) => id === shown)) return;
    this.#source.close();
  }
}
