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

/** Begins to read a PDF, which asks for its password where it is locked; one that is refused is not asked for again. */
export function loadPdf(data: ArrayBuffer, password: () => Promise<string>): PDFDocumentLoadingTask {
  const task = getDocument({
    data,
    worker: pdfWorker(),
    cMapUrl: `${ASSETS}cmaps/`,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    iccUrl: `${ASSETS}iccs/`,
    enableXfa: false,
    stopAtErrors: false,
  });
  let isAsked = false;
  task.onPassword = (give: (password: string | Error) => void, reason: number) => {
    if (isAsked) give(new Error(`The password was refused (${reason}).`));
    else void password().then(give, give);
    isAsked = true;
  };
  return task;
}

/** Stamps and filled-in fields are drawn; nothing in a document can be filled in or run. */
export const ANNOTATIONS = AnnotationMode.ENABLE;
