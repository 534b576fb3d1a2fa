import type { ApiError } from "../api/ApiError";
import type { SearchResponse } from "../api/SearchResponse";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";

/** A pause in typing that is long enough to search: an endpoint may be asked for each of them. */
const PAUSE_MS = 180;
const LIMIT = 30;

/** Passages for what is typed, without a question to a model. */
export class Search {
  query = $state("");
  /** What was found for the query before it was typed on. */
  found = $state.raw<SearchResponse | null>(null);
  error = $state.raw<ApiError | null>(null);
  isSearching = $state(false);

  readonly #host: Host;
  readonly #announcer: Announcer;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest = 0;

  constructor(host: Host, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
  }

  /** Takes what was typed and searches when the typing pauses. */
  type(query: string) {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.search(), PAUSE_MS);
  }

  /** Searches now. Only what was asked for last is shown. */
  async search() {
    clearTimeout(this.#timer);
    const current = ++this.#latest;
    const query = this.query.trim();
    this.error = null;
    this.isSearching = query !== "";
    if (query === "") {
      this.found = null;
      return;
    }
    try {
      const found = await this.#host.search({ query, limit: LIMIT, document: null, folder: null });
      if (current !== this.#latest) return;
      this.found = found;
      this.#announcer.say(words.search.found(found));
    } catch (reason) {
      if (current === this.#latest) this.error = toApiError(reason);
    }
    if (current === this.#latest) this.isSearching = false;
  }
}
