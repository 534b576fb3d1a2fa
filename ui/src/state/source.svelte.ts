import type { Attachment } from "svelte/attachments";

import type { ApiError } from "../api/ApiError";
import type { Citation } from "../api/Citation";
import type { PageView } from "../api/PageView";
import type { Passage } from "../api/Passage";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { labelOf } from "../text/pageNames";
import { words } from "../words";
import { Opener } from "./opener";

/** Who holds an arrow key down wants the last page, not each. */
const GLANCE_MS = 120;

/** A place in a document, with the quote to mark there. */
export interface Place {
  documentId: number;
  page: number;
  quote: string | null;
}

/** Whether the quote stands on the page as it is shown; unknown until the page is drawn. */
export type QuoteState = "unknown" | "marked" | "missing";

/** The page beside the answer. */
export class Source {
  /** What was opened; `null` where the pane is closed. */
  place = $state.raw<Place | null>(null);
  /** The text of the page that was asked for last. */
  view = $state.raw<PageView | null>(null);
  /** The page that is in view. */
  page = $state(1);
  error = $state.raw<ApiError | null>(null);
  quoteState = $state<QuoteState>("unknown");
  /** Whether the text of the page is shown where there is a picture of it. */
  showsText = $state(false);

  readonly isOpen = $derived(this.place !== null);
  readonly isOnPlace = $derived(this.page === this.place?.page);
  /** What the page in view is called, where it is not by its number. */
  readonly label = $derived(this.labelOf(this.page));
  /** Whether the pages are shown as they are printed. */
  readonly isPrinted = $derived(this.view?.form === "printed" && !this.showsText);

  readonly #host: Host;
  opener: Opener | null = null;
  /** Whether the focus goes to the page that is opened. */
  takesFocus = true;
  #pageField: HTMLInputElement | null = null;
  #latest = 0;
  #glance: ReturnType<typeof setTimeout> | undefined;
  /** The citations beside the one that was opened, in the order of the answer. */
  #beside = $state.raw<Citation[]>([]);
  readonly #position = $derived(this.#beside.findIndex((citation) => isAt(citation, this.place)));

  readonly previous = $derived(this.#position < 0 ? undefined : this.#beside[this.#position - 1]);
  readonly next = $derived(this.#position < 0 ? undefined : this.#beside[this.#position + 1]);

  constructor(host: Host) {
    this.#host = host;
  }

  /** What a page of the document is called, where it is not by its number. */
  labelOf(page: number): string | undefined {
    return labelOf(this.view?.labels ?? [], page);
  }

  /** Opens a place; the focus returns to where it is now when the pane is closed. */
  async open(place: Place) {
    this.#beside = [];
    this.opener = new Opener();
    await this.#openPlace(place);
  }

  /** Opens a citation; the ones beside it can be gone through. */
  async openCitation(citation: Citation, beside: Citation[]) {
    this.#beside = beside.filter((one, index) => beside.findIndex((other) => isSame(one, other)) === index);
    this.opener = new Opener();
    await this.#openPlace(placeOf(citation));
  }

  /** Opens what the link names that the app was opened with, if it was. */
  async openLinked() {
    const target = await this.#host.openedLink();
    if (target)
      await this.open({ documentId: target.document_id, page: target.page ?? 1, quote: target.quote });
  }

  /** Opens a passage. One that goes on over several pages is marked on none of them. */
  openPassage(passage: Passage) {
    return this.open(placeOfPassage(passage));
  }

  /** Opens a passage while the focus stays where it is, when that stays for a moment. */
  glanceAt(passage: Passage) {
    clearTimeout(this.#glance);
    this.#glance = setTimeout(() => {
      const opener = this.opener;
      void this.openPassage(passage);
      this.takesFocus = false;
      this.opener = opener ?? this.opener;
    }, GLANCE_MS);
  }

  isAtPassage(passage: Passage): boolean {
    return this.place !== null && isSamePlace(this.place, placeOfPassage(passage));
  }

  /** Goes on to the citation before or behind the one that is open. */
  async openBeside(which: "previous" | "next") {
    const citation = which === "next" ? this.next : this.previous;
    if (citation) await this.#openPlace(placeOf(citation));
  }

  /** The field in which a page is asked for. */
  readonly pageField: Attachment<HTMLInputElement> = (field) => {
    this.#pageField = field;
    return () => (this.#pageField = null);
  };

  askForPage() {
    this.#pageField?.focus();
    this.#pageField?.select();
  }

  /** Turns to another page of the same document. */
  async turnTo(page: number) {
    this.page = page;
    if (!this.isPrinted) await this.#read(page);
  }

  /** Shows the text of the page in place of its picture, or its picture again. */
  async showText(showsText: boolean) {
    this.showsText = showsText;
    await this.#read(this.page);
  }

  close() {
    clearTimeout(this.#glance);
    this.#latest += 1;
    this.place = null;
    this.view = null;
    this.error = null;
    this.opener?.giveBack();
    this.opener = null;
  }

  /** The file itself, to be drawn. */
  bytes(documentId: number): Promise<ArrayBuffer> {
    return this.#host.documentBytes(documentId);
  }

  /** The file's password; it is asked for where the file is locked. */
  async password(documentId: number): Promise<string> {
    const password = await this.#host.documentPassword(documentId);
    if (password === null) throw new Error(words.source.passwordIsUnknown);
    return password;
  }

  /** The page cannot be drawn: its text is shown instead. */
  async failToDraw(reason: unknown) {
    await this.showText(true);
    this.error = toApiError(reason);
  }

  openFile() {
    return this.#ask((place) => this.#host.openDocument(place.documentId, this.page));
  }

  showInFolder() {
    return this.#ask((place) => this.#host.showInFolder(place.documentId));
  }

  async #ask(command: (place: Place) => Promise<void>) {
    if (!this.place) return;
    try {
      await command(this.place);
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  async #openPlace(place: Place) {
    if (this.place?.documentId !== place.documentId) {
      this.view = null;
      this.showsText = false;
    }
    clearTimeout(this.#glance);
    this.takesFocus = true;
    this.place = place;
    this.page = place.page;
    await this.#read(place.page);
  }

  /** Only the page asked for last is shown, in whatever order pages arrive. */
  async #read(page: number) {
    const place = this.place;
    if (!place) return;
    const current = ++this.#latest;
    this.error = null;
    this.quoteState = "unknown";
    const quote = page === place.page ? place.quote : null;
    try {
      const view = await this.#host.page({ document_id: place.documentId, page, quote });
      if (current !== this.#latest) return;
      this.view = view;
      if (quote !== null && !this.isPrinted) this.quoteState = view.mark ? "marked" : "missing";
    } catch (reason) {
      if (current === this.#latest) this.error = toApiError(reason);
    }
  }
}

function placeOf(citation: Citation): Place {
  return { documentId: citation.document_id, page: citation.page, quote: citation.quote };
}

export function placeOfPassage({ document_id, page_first, page_last, text }: Passage): Place {
  return { documentId: document_id, page: page_first, quote: page_first === page_last ? text : null };
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.documentId === b.documentId && a.page === b.page && a.quote === b.quote;
}

function isAt(citation: Citation, place: Place | null): boolean {
  return place !== null && isSamePlace(placeOf(citation), place);
}

function isSame(a: Citation, b: Citation): boolean {
  return isAt(a, placeOf(b));
}
