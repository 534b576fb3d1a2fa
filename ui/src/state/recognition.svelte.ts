import type { ApiError } from "../api/ApiError";
import type { RecognitionPlan } from "../api/RecognitionPlan";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Indexing } from "./indexing.svelte";

/** Having pages that are pictures read by the vision model: what would be sent is shown before it is sent. */
export class Recognition {
  isOpen = $state(false);
  /** What would be sent where; `null` until that is known. */
  plan = $state.raw<RecognitionPlan | null>(null);
  error = $state.raw<ApiError | null>(null);

  readonly pages = $derived((this.plan?.documents ?? []).reduce((sum, { pages }) => sum + pages.length, 0));

  readonly #host: Host;
  readonly #indexing: Indexing;

  constructor(host: Host, indexing: Indexing) {
    this.#host = host;
    this.#indexing = indexing;
  }

  /** Of one document; of the whole library where none is named. */
  async open(paths: string[]) {
    this.isOpen = true;
    this.plan = null;
    this.error = null;
    try {
      this.plan = await this.#host.recognitionPlan({ paths });
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  close() {
    this.isOpen = false;
  }

  /** The person says yes to what is shown. */
  agree() {
    if (!this.plan) return;
    void this.#indexing.recognise(this.plan);
    this.close();
  }
}
