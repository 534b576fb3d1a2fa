import "pdfjs-dist/web/pdf_viewer.css";

import { TextLayer, type PDFDocumentProxy } from "pdfjs-dist";

import type { PageView } from "../../src/api/PageView";
import { findQuote } from "../../src/pdf/findQuote";
import { loadPdf } from "../../src/pdf/load";
import { placeQuote } from "../../src/pdf/placeQuote";
import type { Box } from "../../src/pdf/boxes";

/**
 * How a quote could be placed: by the letters of the page, by the places that the reading has kept, or not. Where
 * both are known and disagree, it stands elsewhere.
 */
export type Placement = "letters" | "places" | "missing" | "elsewhere";

interface Wanted {
  documentId: number;
  /** Where it may stand. */
  pages: number[];
  quote: string;
}

declare global {
  function placement(wanted: Wanted): Promise<Placement>;
}

const documents = new Map<number, Promise<PDFDocumentProxy>>();

/** How a quote is placed on the first of its pages that has it. */
globalThis.placement = async ({ documentId, pages, quote }) => {
  for (const page of pages) {
    const placement = await onPage(documentId, page, quote);
    if (placement !== "missing") return placement;
  }
  return "missing";
};

async function onPage(documentId: number, page: number, quote: string): Promise<Placement> {
  const post = (command: string, body: object) =>
    fetch(`/api/${command}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const request = { document_id: documentId, page, quote };
  const view: PageView = await (await post("page", { request })).json();
  const open = async () => {
    const bytes = await (await post("document_bytes", { documentId })).arrayBuffer();
    return loadPdf(bytes, async () => (await post("document_password", { documentId })).json()).promise;
  };
  if (!documents.has(documentId)) documents.set(documentId, open());
  const proxy = await (await documents.get(documentId))?.getPage(page);
  if (!proxy) return "missing";

  const viewport = proxy.getViewport({ scale: 1.5 });
  const container = document.createElement("div");
  const measures = { "--total-scale-factor": "1.5", "--scale-round-x": "1px", "--scale-round-y": "1px" };
  for (const [name, value] of Object.entries(measures)) container.style.setProperty(name, value);
  container.className = "textLayer";
  document.body.replaceChildren(container);
  const source = proxy.streamTextContent({ includeMarkedContent: true, disableNormalization: true });
  const layer = new TextLayer({ textContentSource: source, container, viewport });
  await layer.render();
  const strings = [...container.querySelectorAll("span")].flatMap((span) =>
    [...span.childNodes].flatMap((node) =>
      node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ""] : [],
    ),
  );
  const isFound = findQuote(strings, quote).length > 0;
  const boxes = placeQuote({ text: quote, boxes: view.boxes }, container, viewport);
  if (!boxes) return "missing";
  if (!isFound) return "places";
  const known = placeQuote({ text: "", boxes: view.boxes }, container, viewport);
  return known && !overlap(known, boxes) ? "elsewhere" : "letters";
}

/** Whether most of what one covers the other covers too. */
function overlap(a: Box[], b: Box[]): boolean {
  const area = ({ left, top, right, bottom }: Box) => Math.max(0, right - left) * Math.max(0, bottom - top);
  const shared = a.flatMap((one) =>
    b.map((other) =>
      area({
        left: Math.max(one.left, other.left),
        top: Math.max(one.top, other.top),
        right: Math.min(one.right, other.right),
        bottom: Math.min(one.bottom, other.bottom),
      }),
    ),
  );
  const sum = (areas: number[]) => areas.reduce((all, one) => all + one, 0);
  return sum(shared) > 0.4 * Math.min(sum(a.map(area)), sum(b.map(area)));
}
