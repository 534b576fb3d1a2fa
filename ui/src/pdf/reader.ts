// First, because the viewer finds pdf.js as a global that pdf.js makes of itself.
import "pdfjs-dist";
import "pdfjs-dist/web/pdf_viewer.css";

import type { PDFDocumentProxy } from "pdfjs-dist";
import {
  EventBus,
  FindState,
  PDFFindController,
  PDFLinkService,
  type PDFPageView,
  PDFViewer,
} from "pdfjs-dist/web/pdf_viewer.mjs";

import { ANNOTATIONS, loadPdf } from "./load";
import { drawMark, isMarkInView } from "./mark";
import { placeQuote, type Quote } from "./placeQuote";

/** What a search in the document has found so far. */
export interface Found {
  current: number;
  total: number;
}

/** What the reader tells of itself. */
export interface ReaderEvents {
  onPage(page: number): void;
  /** Whether the quote could be placed on its page. */
  onMarked(isMarked: boolean): void;
  onFound(found: Found): void;
}

const FIT_WIDTH = "page-width";

/** The pages of one PDF, drawn as they come into view, with a quote marked on one of them. */
export class PdfReader {
  readonly document: PDFDocumentProxy;
  readonly #viewer: PDFViewer;
  readonly #events: EventBus;
  readonly #ending = new AbortController();
  #quote: { page: number; quote: Quote; isSeen: boolean } | null = null;
  #tell: ReaderEvents;

  /** Reads the PDF and lays its pages out in `container`, which must be positioned absolutely and hold one `div`. */
  static async open(
    data: ArrayBuffer,
    password: () => Promise<string>,
    container: HTMLDivElement,
    tell: ReaderEvents,
  ): Promise<PdfReader> {
    const document = await loadPdf(data, password).promise;
    const reader = new PdfReader(document, container, tell);
    await reader.#viewer.pagesPromise;
    return reader;
  }

  private constructor(document: PDFDocumentProxy, container: HTMLDivElement, tell: ReaderEvents) {
    this.document = document;
    this.#tell = tell;
    const eventBus = (this.#events = new EventBus());
    const linkService = new PDFLinkService({ eventBus });
    // A link in a document leads to its pages and nowhere else.
    linkService.externalLinkEnabled = false;
    const findController = new PDFFindController({
      eventBus,
      linkService,
      updateMatchesCountOnProgress: true,
    });
    const options = {
      container,
      eventBus,
      linkService,
      findController,
      annotationMode: ANNOTATIONS,
      enableAutoLinking: false,
      removePageBorders: true,
      // Which the types leave out.
      abortSignal: this.#ending.signal,
    };
    this.#viewer = new PDFViewer(options);
    linkService.setViewer(this.#viewer);
    this.#listen(container);
    this.#viewer.setDocument(document);
    linkService.setDocument(document);
  }

  get page(): number {
    return this.#viewer.currentPageNumber;
  }

  /** Shows a page; with a quote, the quote is marked and scrolled to. */
  show(page: number, quote: Quote | null) {
    this.#quote = quote && { page, quote, isSeen: false };
    this.#viewer.currentPageNumber = page;
    this.#markQuote();
  }

  goTo(page: number) {
    this.#viewer.currentPageNumber = page;
  }

  /** Makes the pages larger or smaller by a step, or as wide as the pane. */
  zoom(to: "larger" | "smaller" | "fit") {
    if (to === "larger") this.#viewer.increaseScale();
    else if (to === "smaller") this.#viewer.decreaseScale();
    else this.#viewer.currentScaleValue = FIT_WIDTH;
  }

  /** Looks for `query` in the whole document; `again` goes on from where it is. */
  find(query: string, again?: "next" | "previous") {
    this.#events.dispatch("find", {
      source: this,
      type: again ? "again" : "",
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: again === "previous",
      matchDiacritics: false,
    });
  }

  endFind() {
    this.#events.dispatch("findbarclose", { source: this });
  }

  close() {
    this.#ending.abort();
    // The types do not know that a viewer is emptied with no document.
    this.#viewer.setDocument(null);
    void this.document.loadingTask.destroy();
  }

  #listen(container: HTMLDivElement) {
    const { signal } = this.#ending;
    const on = (name: string, react: (event: never) => void) => this.#events.on(name, react, { signal });
    on("pagesinit", () => (this.#viewer.currentScaleValue = FIT_WIDTH));
    on("pagechanging", ({ pageNumber }: { pageNumber: number }) => this.#tell.onPage(pageNumber));
    on("textlayerrendered", ({ pageNumber }: { pageNumber: number }) => this.#markOn(pageNumber));
    on("pagerendered", ({ pageNumber }: { pageNumber: number }) => this.#markOn(pageNumber));
    on("updatefindmatchescount", ({ matchesCount }: { matchesCount: Found }) =>
      this.#tell.onFound(matchesCount),
    );
    on("updatefindcontrolstate", ({ state, matchesCount }: { state: number; matchesCount: Found }) => {
      if (state !== FindState.PENDING) this.#tell.onFound(matchesCount);
    });
    const width = new ResizeObserver(() => this.#fitAgain(container));
    width.observe(container);
    signal.addEventListener("abort", () => width.disconnect());
  }

  /** Fits the pages to another width of the pane; a quote that was in view stays there. */
  #fitAgain(container: HTMLElement) {
    if (this.#viewer.currentScaleValue !== FIT_WIDTH) return;
    if (this.#quote && isMarkInView(container)) this.#quote.isSeen = false;
    this.#viewer.currentScaleValue = FIT_WIDTH;
  }

  #markOn(page: number) {
    if (page === this.#quote?.page) this.#markQuote();
  }

  /** Marks the quote if its page is drawn: pages forget what lies on them when they are drawn again. */
  #markQuote() {
    if (!this.#quote) {
      drawMark(this.#viewer.container, null, null);
      return;
    }
    const view = this.#viewer.getPageView(this.#quote.page - 1) as PDFPageView | undefined;
    const layer = view?.textLayer?.div;
    if (!view || !layer?.isConnected || !view.div.querySelector("canvas")) return;
    const boxes = placeQuote(this.#quote.quote, layer, view.viewport);
    const mark = drawMark(this.#viewer.container, view.div, boxes);
    if (!this.#quote.isSeen) mark?.scrollIntoView({ block: "center", inline: "nearest" });
    this.#quote.isSeen = true;
    this.#tell.onMarked(boxes !== null);
  }
}
