import type { ApiError } from "../api/ApiError";
import type { DocumentSummary } from "../api/DocumentSummary";
import type { LibraryStatus } from "../api/LibraryStatus";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { groupDocuments } from "./documentTree";

/** What the library holds, as the host last said. */
export class Library {
  status = $state.raw<LibraryStatus | null>(null);
  documents = $state.raw<DocumentSummary[]>([]);
  /** Why the library could not be read. */
  error = $state.raw<ApiError | null>(null);

  readonly groups = $derived(groupDocuments(this.documents, this.status?.folders ?? []));
  readonly isEmpty = $derived(this.documents.length === 0 && this.status?.folders.length === 0);
  readonly canAnswer = $derived((this.status?.documents ?? 0) > 0);

  readonly #host: Host;
  #refreshing: Promise<void> | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Asks the host again; calls in the meantime share one answer. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#read().finally(() => (this.#refreshing = null));
    return this.#refreshing;
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
