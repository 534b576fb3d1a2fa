import type { ApiError } from "../api/ApiError";
import type { Failure } from "../api/Failure";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Library } from "./library.svelte";

/** Opening a file that is locked with a password. */
export class Unlocking {
  /** The file's path; `null` where none is being unlocked. */
  path = $state<string | null>(null);
  password = $state("");
  remembers = $state(false);
  isTrying = $state(false);
  /** Why the file was not read in with the password. */
  failure = $state.raw<Failure | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Whether the file is open now, but its password could not be kept as was wished. */
  isForgotten = $state(false);

  readonly isWrong = $derived(this.failure?.missing === "password");

  readonly #host: Host;
  readonly #library: Library;

  constructor(host: Host, library: Library) {
    this.#host = host;
    this.#library = library;
  }

  open(path: string) {
    this.#clear();
    this.path = path;
  }

  close() {
    this.#clear();
    this.path = null;
  }

  /** Tries the password; what speaks against it is said where it was typed. */
  async unlock() {
    const { path, password, remembers: remember } = this;
    if (path === null || this.isTrying) return;
    this.isTrying = true;
    this.failure = null;
    this.error = null;
    try {
      const { failure, remembered } = await this.#host.unlockDocument({ path, password, remember });
      this.failure = failure;
      this.isForgotten = !failure && remember && !remembered;
      await this.#library.refresh();
    } catch (reason) {
      this.error = toApiError(reason);
    }
    this.isTrying = false;
    if (!this.failure && !this.error && !this.isForgotten) this.close();
  }

  #clear() {
    this.password = "";
    this.remembers = false;
    this.failure = null;
    this.error = null;
    this.isForgotten = false;
  }
}
