import type { ApiError } from "../api/ApiError";
import type { Place } from "../api/Place";
import type { SearchResponse } from "../api/SearchResponse";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { periodFrom } from "../text/periods";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";
import { groupResults } from "./results";

/** A pause in typing that is long enough to search: an endpoint may be asked for each of them. */
const PAUSE_MS = 180;
const LIMIT = 30;

/** Where to search: `null` is everywhere. */
export interface Filters {
  folder: string | null;
  /** The extension of the files. */
  type: string | null;
  /** When the files were changed: in this year, or since this day. */
  changed: string | null;
}

/** Passages for what is typed, without a question to a model. */
export class Search {
  query = $state("");
  filters = $state.raw<Filters>({ folder: null, type: null, changed: null });
  /** What was found for the query before it was typed on. */
  found = $state.raw<SearchResponse | null>(null);
  /** Where that was searched for. */
  place = $state.raw<Place>({});
  error = $state.raw<ApiError | null>(null);
  isSearching = $state(false);

  readonly results = $derived(this.found ? groupResults(this.found.passages, this.found.query) : []);

  readonly #host: Host;
  readonly #announcer: Announcer;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The search under way. */
  #request: string | null = null;

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

  /** Searches in another place, at once. */
  filter(change: Partial<Filters>) {
    this.filters = { ...this.filters, ...change };
    void this.search();
  }

  /** Searches now. Only what was asked for last is shown. */
  async search() {
    clearTimeout(this.#timer);
    if (this.#request !== null) void this.#stop(this.#request);
    const id = crypto.randomUUID();
    this.#request = id;
    const query = this.query.trim();
    this.error = null;
    this.isSearching = query !== "";
    if (query === "") {
      this.found = null;
      this.#request = null;
      return;
    }
    const place: Place = {
      folder: this.filters.folder,
      types: this.filters.type === null ? [] : [this.filters.type],
      ...(this.filters.changed === null ? {} : periodFrom(this.filters.changed)),
    };
    try {
      const found = await this.#host.search({ id, query, limit: LIMIT, ...place });
      if (this.#request !== id) return;
      this.found = found;
      this.place = place;
      this.#announcer.say(words.search.found(found));
    } catch (reason) {
      if (this.#request === id) this.error = toApiError(reason);
    }
    if (this.#request !== id) return;
    this.#request = null;
    this.isSearching = false;
  }

  /** Its result would not be shown: that it cannot be stopped changes nothing. */
  async #stop(request: string) {
    await this.#host.stop(request).catch(() => undefined);
  }
}
