import type { Citation } from "../api/Citation";

/** Long enough to pass over a citation without a card, and to cross the gap from a citation to its card. */
const DELAY_MS = 120;

/** The one card that shows a citation's quote while its button is hovered or focused. */
export class CitationCard {
  shown = $state.raw<{ citation: Citation; anchor: HTMLElement } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(citation: Citation, anchor: HTMLElement) {
    this.#after(() => (this.shown = { citation, anchor }));
  }

  /** The pointer has reached the card itself. */
  keep() {
    clearTimeout(this.#timer);
  }

  leave() {
    this.#after(() => this.hide());
  }

  hide() {
    clearTimeout(this.#timer);
    this.shown = null;
  }

  #after(act: () => void) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, DELAY_MS);
  }
}
