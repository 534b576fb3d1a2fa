import type { Suggestion } from "../api/Suggestion";
import type { Host } from "../host/host";

/** What a newcomer may ask. */
export class Suggestions {
  all = $state.raw<Suggestion[]>([]);

  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Without them the question field is as good. */
  async refresh() {
    this.all = await this.#host.suggestions().catch(() => []);
  }
}
