// First, because the viewer finds pdf.js as a global that pdf.js makes of itself.
import "pdfjs-dist";
import "pdfjs-dist/web/pdf_viewer.css";

import { PixelsPerInch, type PDFDocumentProxy } from "pdfjs-dist";
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
import { textExtent, type Extent } from "./textExtent";

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
  onZoom(zoom: Zoom): void;
}

/** What of a page is to fill the pane. */
export type Fit = "text" | "width" | "page";

/** How large the pages are: by what fills the pane, or by a share of their printed size that a person chose. */
export interface Zoom {
  fit: Fit | null;
  percent: number;
}

/** What pdf.js calls it; the text it does not know. */
const PRESETS = { text: "page-width", width: "page-width", page: "page-fit" };
/** Print of 10 points is 20 pixels high then, and is read no better where it is larger. */
const LARGEST_FIT = 1.5;
/** Paper beside the text, in points. */
const MARGIN = 12;

/** The pages of one PDF, drawn as they come into view, with a quote marked on one of them. */
export class PdfReader {
  readonly document: PDFDocumentProxy;
  readonly #viewer: PDFViewer;
  readonly #events: EventBus;
  readonly #ending = new AbortController();
  #quote: { page: number; quote: Quote; isSeen: boolean } | null = null;
  #tell: ReaderEvents;
  #fit: Fit | null;
  /** The page whose text fills the pane. */
  #fitted = 1;

  /** Reads the PDF and lays its pages out in `container`, which must be positioned absolutely and hold one `div`. */
  static async open(
    data: ArrayBuffer,
    password: () => Promise<string>,
    container: HTMLDivElement,
    fit: Fit,
    tell: ReaderEvents,
  ): Promise<PdfReader> {
    const document = await loadPdf(data, password).promise;
    const reader = new PdfReader(document, container, fit, tell);
    await reader.#viewer.pagesPromise;
    return reader;
  }

  private constructor(document: PDFDocumentProxy, container: HTMLDivElement, fit: Fit, tell: ReaderEvents) {
    this.document = document;
    this.#fit = fit;
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
    this.#fitted = page;
    this.#markQuote();
    void this.#fitPages();
  }

  goTo(page: number) {
    this.#viewer.currentPageNumber = page;
  }

  /** Makes the pages larger or smaller by a step. */
  zoom(to: "larger" | "smaller") {
    this.#fit = null;
    if (to === "larger") this.#viewer.increaseScale();
    else this.#viewer.decreaseScale();
  }

  fit(fit: Fit) {
    this.#fit = fit;
    this.#fitted = this.page;
    void this.#fitPages();
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
    on("pagesinit", () => (this.#viewer.currentScaleValue = PRESETS[this.#fit ?? "width"]));
    on("scalechanging", ({ scale }: { scale: number }) =>
      this.#tell.onZoom({ fit: this.#fit, percent: Math.round(100 * scale) }),
    );
    on("pagechanging", ({ pageNumber }: { pageNumber: number }) => this.#tell.onPage(pageNumber));
    on("textlayerrendered", ({ pageNumber }: { pageNumber: number }) => this.#markOn(pageNumber));
    on("pagerendered", ({ pageNumber }: { pageNumber: number }) => this.#markOn(pageNumber));
    on("updatefindmatchescount", ({ matchesCount }: { matchesCount: Found }) =>
      this.#tell.onFound(matchesCount),
    );
    on("updatefindcontrolstate", ({ state, matchesCount }: { state: number; matchesCount: Found }) => {
      if (state !== FindState.PENDING) this.#tell.onFound(matchesCount);
    });
    const width = new ResizeObserver(() => void this.#fitPages());
    width.observe(container);
    signal.addEventListener("abort", () => width.disconnect());
  }

  /** Fits the pages to the pane; a quote that was in view stays there. */
  async #fitPages() {
    const [fit, page] = [this.#fit, this.#fitted];
    if (fit === null) return;
    const extent = fit === "text" ? await textExtent(await this.document.getPage(page)) : null;
    if (fit !== this.#fit || page !== this.#fitted || this.#ending.signal.aborted) return;
    const { container } = this.#viewer;
    if (this.#quote && isMarkInView(container)) this.#quote.isSeen = false;
    if (extent) this.#fitExtent(page, extent);
    else this.#viewer.currentScaleValue = PRESETS[fit];
  }

  /** The margins of the page lie beside the pane. */
  #fitExtent(page: number, { left, right }: Extent) {
    const { container } = this.#viewer;
    const pixels = PixelsPerInch.PDF_TO_CSS_UNITS;
    const scale = Math.min(LARGEST_FIT, container.clientWidth / (pixels * (right - left + 2 * MARGIN)));
    this.#viewer.currentScale = scale;
    const { div } = this.#viewer.getPageView(page - 1) as PDFPageView;
    const middle = div.offsetLeft + (pixels * scale * (left + right)) / 2;
    container.scrollLeft = middle - container.clientWidth / 2;
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
