import type { ExtractError } from "../../api/ExtractError";
import type { OtherKind } from "../../api/OtherKind";
import type { TextRecognition } from "../../api/TextRecognition";
import type { Sentences } from "../coded";

const ofPictures = {
  "found-nothing": "Text recognition (OCR) found none on them either.",
  "no-tesseract": "Install Tesseract (tesseract-ocr), which reads such pages, and add the file again.",
  "no-pdfium": "To have them recognised PDFium is needed, and it was not found. Install Footnote again.",
} satisfies Record<TextRecognition, string>;

const kinds = {
  picture: "a picture",
  sound: "a sound recording",
  film: "a film",
  program: "a program",
  font: "a font",
} satisfies Record<OtherKind, string>;

/** Why a file gave up no text. The file is not named: whoever shows this knows it. */
export const unread: Sentences<ExtractError> = {
  unreadable: ({ detail }) =>
    `The file cannot be read: ${detail}. Check that it still exists and that you may open it.`,
  empty: () => "The file is empty. If it should not be, copy or download it again.",
  "no-text": ({ pages, recognition }) =>
    `None of its ${pages} page(s) holds text: they are pictures, as a scanner makes them. ${ofPictures[recognition]}`,
  blank: () =>
    "The file holds no text. If it shows pictures of text, save it as PDF and run text recognition (OCR) over that.",
  encrypted: () =>
    "The file is locked with a password. Unlock it with that, or save a copy without a password.",
  "cannot-unlock": () =>
    "The file is protected with a password. Save a copy without the password and add that.",
  damaged: ({ detail }) =>
    `The file is damaged (${detail}). Open it in the program it came from and save it again.`,
  "unknown-format": () =>
    "This kind of file is not read. Save it as PDF, an Office document or plain text and add that.",
  archive: () => "Archives are not opened. Unpack this one and add the files in it.",
  "not-a-document": ({ kind }) =>
    `This is ${kinds[kind]}, not a document. If its name says otherwise, save the document again.`,
  "too-much-text": ({ megabytes }) =>
    `Unpacked, the file holds more than ${megabytes} MB, and that is not read. Split it.`,
  "too-large": ({ megabytes, limit_megabytes }) =>
    `The file is too large: ${megabytes} MB, and at most ${limit_megabytes} MB are read. Split it.`,
  "timed-out": ({ seconds }) =>
    `Reading took longer than ${seconds} s and was stopped. Save the file anew or split it.`,
  "out-of-memory": ({ megabytes }) =>
    `Reading needed more than ${megabytes} MB of memory and was stopped. Split the file.`,
  "worker-died": () =>
    "The file made its reader crash. Open it in the program it came from and save it again.",
  "worker-not-started": ({ detail }) =>
    `The program that reads files did not start: ${detail}. Restart Footnote or install it again.`,
  "no-pdfium": () => "The page cannot be drawn: PDFium was not found. Install Footnote again.",
  "not-drawn": () => "The page cannot be drawn. Open the file in another program and save it as PDF.",
  changed: () => "The file has changed since it was read. Sync it and look again what there is to be read.",
  "too-deep": () => "It lies in too many files.",
  cancelled: () => "Reading was cancelled. Sync the folder to read the file.",
};
