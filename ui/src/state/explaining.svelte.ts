import type { ApiError } from "../api/ApiError";
import type { ExplainRequest } from "../api/ExplainRequest";
import type { Explanation } from "../api/Explanation";
import type { PageRequest } from "../api/PageRequest";
import type { Passage } from "../api/Passage";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Conversation } from "./conversation.svelte";
import type { Layout } from "./layout.svelte";
import type { Search } from "./search.svelte";
import { placeOfPassage, type Source } from "./source.svelte";

/** What is asked of a page: why a search found it or did not, or why no sentence of an answer cites it. */
export type Why = "found" | "unfound" | "uncited";

/** A search, or an answer with its search. */
type Searched = Omit<ExplainRequest, "pages">;

/** Why a search found a page, or did not. */
export class Explaining {
  /** What is asked; `null` where nothing is. */
  why = $state<Why | null>(null);
  explanation = $state.raw<Explanation | null>(null);
  error = $state.raw<ApiError | null>(null);

  readonly #host: Host;
  readonly #search: Search;
  readonly #conversation: Conversation;
  readonly #source: Source;
  readonly #layout: Layout;
  #latest = 0;

  /** What there is to ask of the page in view; `null` where nothing was searched for. */
  readonly whyPage = $derived.by(() => this.#ofPage()?.why ?? null);

  constructor(host: Host, search: Search, conversation: Conversation, source: Source, layout: Layout) {
    this.#host = host;
    this.#search = search;
    this.#conversation = conversation;
    this.#source = source;
    this.#layout = layout;
  }

  /** Asks about a passage that the search has found. */
  passage(passage: Passage) {
    const { documentId, page, quote } = placeOfPassage(passage);
    const searched = this.#ofSearch();
    if (searched) void this.#ask("found", searched, { document_id: documentId, page, quote });
  }

  /** Asks about the page in view. */
  page() {
    const asked = this.#ofPage();
    if (asked) void this.#ask(asked.why, asked.searched, asked.page);
  }

  close() {
    this.#latest += 1;
    this.why = null;
  }

  #ofPage(): { why: Why; searched: Searched; page: PageRequest } | null {
    const { place, page, isOnPlace } = this.#source;
    if (!place) return null;
    const asked = { document_id: place.documentId, page, quote: isOnPlace ? place.quote : null };
    const isOn = (first: number, last: number) => first <= page && page <= last;
    if (this.#layout.mode === "search") {
      const searched = this.#ofSearch();
      const isFound = this.#search.found?.passages.some(
        ({ document_id, page_first, page_last }) =>
          document_id === place.documentId && isOn(page_first, page_last),
      );
      return searched && { why: isFound ? "found" : "unfound", searched, page: asked };
    }
    const exchange = this.#conversation.answerBeside(place.documentId, page);
    if (!exchange?.answer) return null;
    const isCited = exchange.cites(place.documentId, page);
    const searched = {
      searched: { answer: exchange.answer.message },
      ...(exchange.onlyDocument !== null && { document_id: exchange.onlyDocument }),
    };
    return { why: isCited ? "found" : "uncited", searched, page: asked };
  }

  #ofSearch(): Searched | null {
    const { found, place } = this.#search;
    return found && { searched: { query: found.query }, ...place };
  }

  async #ask(why: Why, searched: Searched, page: PageRequest) {
    const current = ++this.#latest;
    this.why = why;
    this.explanation = null;
    this.error = null;
    try {
      const explanation = await this.#host.explain({ ...searched, pages: [page] });
      if (current === this.#latest) this.explanation = explanation;
    } catch (reason) {
      if (current === this.#latest) this.error = toApiError(reason);
    }
  }
}
