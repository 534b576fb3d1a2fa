import type { ApiError } from "../api/ApiError";
import type { PageView } from "../api/PageView";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";

/** A place in a document, with the quote to mark there. */
export interface Place {
  documentId: number;
  page: number;
  quote: string | null;
}

/** The page beside the answer. */
export class Source {
  /** What was opened; `null` where the pane is closed. */
  place = $state.raw<Place | null>(null);
  view = $state.raw<PageView | null>(null);
  error = $state.raw<ApiError | null>(null);

  readonly isOpen = $derived(this.place !== null);
  readonly isOnPlace = $derived(this.view !== null && this.view.page === this.place?.page);
  /** The quote was looked for on the page shown and is not there. */
  readonly quoteIsMissing = $derived(
    this.isOnPlace && this.place?.quote != null && this.view !== null && this.view.mark === null,
  );

  readonly #host: Host;
  /** What had the focus when the place was opened. */
  opener: HTMLElement | null = null;
  #latest = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Opens a place; the focus returns to where it is now when the pane is closed. */
  async open(place: Place) {
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.place = place;
    if (this.view?.document_id !== place.documentId) this.view = null;
    await this.#show(place.page);
  }

  /** Turns to another page of the same document. */
  async turnTo(page: number) {
    await this.#show(page);
  }

  close() {
    this.#latest += 1;
    this.place = null;
    this.view = null;
    this.error = null;
    this.opener?.focus();
    this.opener = null;
  }

  async openFile() {
    if (!this.place) return;
    try {
      await this.#host.openDocument(this.place.documentId, this.view?.page ?? this.place.page);
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  /** Only the page asked for last is shown, in whatever order pages arrive. */
  async #show(page: number) {
    const place = this.place;
    if (!place) return;
    const current = ++this.#latest;
    this.error = null;
    const quote = page === place.page ? place.quote : null;
    try {
      const view = await this.#host.page({ document_id: place.documentId, page, quote });
      if (current === this.#latest) this.view = view;
    } catch (reason) {
      if (current === this.#latest) this.error = toApiError(reason);
    }
  }
}
