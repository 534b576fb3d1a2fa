import type { ApiError } from "../api/ApiError";
import type { DocumentSummary } from "../api/DocumentSummary";
import type { LibraryStatus } from "../api/LibraryStatus";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { documentTree } from "./documentTree";

/** What the library holds, as the host last said. */
export class Library {
  status = $state.raw<LibraryStatus | null>(null);
  documents = $state.raw<DocumentSummary[]>([]);
  /** Why the library could not be read. */
  error = $state.raw<ApiError | null>(null);

  readonly tree = $derived(documentTree(this.documents, this.status?.folders ?? []));
  readonly isEmpty = $derived(this.documents.length === 0 && this.status?.folders.length === 0);
  readonly canAnswer = $derived((this.status?.documents ?? 0) > 0);

  readonly #host: Host;
  #reading: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Asks the host again. Calls while it answers share the next answer, which is newer than all of them. */
  refresh(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => (this.#reading = null));
      return this.#reading;
    }
    this.#next ??= this.#reading.then(() => {
      this.#next = null;
      return this.refresh();
    });
    return this.#next;
  }

  async #read() {
    try {
      [this.status, this.documents] = await Promise.all([this.#host.status(), this.#host.documents()]);
      this.error = null;
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }
}
