import type { ApiError } from "../api/ApiError";
import type { Ledger as View } from "../api/Ledger";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";

/** So many of the last requests are shown by themselves. */
const LAST = 100;

/** What left the computer. */
export class Ledger {
  isOpen = $state(false);
  view = $state.raw<View | null>(null);
  error = $state.raw<ApiError | null>(null);

  readonly sent = $derived((this.view?.sums ?? []).filter(({ is_local }) => !is_local));
  readonly local = $derived((this.view?.sums ?? []).filter(({ is_local }) => is_local));

  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async open() {
    this.isOpen = true;
    this.view = null;
    this.error = null;
    try {
      this.view = await this.#host.ledger(LAST);
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  close() {
    this.isOpen = false;
  }
}
