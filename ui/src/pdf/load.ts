import { AnnotationMode, getDocument, PDFWorker, type PDFDocumentLoadingTask } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";

/** Where the build puts what pdf.js needs to draw: its character maps, fonts and decoders. */
const ASSETS = new URL("/pdfjs/", location.origin).href;

let worker: PDFWorker | undefined;

/** One worker for all documents, from this app's own files. */
function pdfWorker(): PDFWorker {
  worker ??= PDFWorker.create({ port: new Worker(workerUrl, { type: "module" }) });
  return worker;
}

/** Begins to read a PDF. */
export function loadPdf(data: ArrayBuffer): PDFDocumentLoadingTask {
  return getDocument({
    data,
    worker: pdfWorker(),
    cMapUrl: `${ASSETS}cmaps/`,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    iccUrl: `${ASSETS}iccs/`,
    enableXfa: false,
    stopAtErrors: false,
  });
}

/** Stamps and filled-in fields are drawn; nothing in a document can be filled in or run. */
export const ANNOTATIONS = AnnotationMode.ENABLE;
