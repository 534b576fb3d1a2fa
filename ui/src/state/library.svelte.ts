import type { ApiError } from "../api/ApiError";
import type { DocumentSummary } from "../api/DocumentSummary";
import type { LibraryStatus } from "../api/LibraryStatus";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { isBelow } from "../text/paths";
import { documentTree, foldersWithin, isIncomplete, type Order, withChanged } from "./documentTree";

/** Folders that lie deeper are found by their names in the tree, not in a list to choose from. */
const FOLDER_DEPTH = 1;

/** What the library holds, as the host last said. */
export class Library {
  status = $state.raw<LibraryStatus | null>(null);
  documents = $state.raw<DocumentSummary[]>([]);
  /** The watched folders where nothing to read is left, by their paths. */
  away = $state.raw<string[]>([]);
  /** Why the library could not be read. */
  error = $state.raw<ApiError | null>(null);

  /** In which order the tree shows the documents of a folder. */
  order = $state<Order>("name");

  readonly tree = $derived(documentTree(this.documents, this.status?.folders ?? [], this.order));
  readonly incomplete = $derived(this.documents.filter(isIncomplete).length);
  /** The folders to search in. */
  readonly folders = $derived(this.tree.flatMap((root) => foldersWithin(root, FOLDER_DEPTH)));
  readonly isEmpty = $derived(this.documents.length === 0 && this.status?.folders.length === 0);
  readonly canAnswer = $derived((this.status?.documents ?? 0) > 0);

  readonly #host: Host;
  #reading: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #latestLook = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** How many documents lie below a folder, in other watched folders too. */
  countBelow(folder: string): number {
    return this.documents.filter(({ path }) => isBelow(path, folder)).length;
  }

  isDocument(path: string): boolean {
    return this.documents.some((document) => document.path === path);
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

  /** Asks only for the documents that have changed since; those that are gone stay until the next refresh. */
  follow(): Promise<void> {
    this.#reading ??= this.#readChanged().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readChanged() {
    const since = this.documents.reduce((latest, { changed_at }) => Math.max(latest, changed_at), 0);
    try {
      const [status, changed] = await Promise.all([this.#host.status(), this.#host.documents(since)]);
      this.status = status;
      this.documents = withChanged(this.documents, changed);
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  async #read() {
    try {
      [this.status, this.documents] = await Promise.all([this.#host.status(), this.#host.documents()]);
      this.error = null;
    } catch (reason) {
      this.error = toApiError(reason);
    }
    void this.#lookForFolders();
  }

  /** Nothing waits for this: a drive may take its time to say whether it is there. */
  async #lookForFolders() {
    const current = ++this.#latestLook;
    try {
      const folders = await this.#host.folders();
      if (current === this.#latestLook)
        this.away = folders.filter(({ away }) => away).map(({ path }) => path);
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }
}
