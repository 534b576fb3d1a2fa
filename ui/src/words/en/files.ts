import type { DocumentWarning } from "../../api/DocumentWarning";
import type { ExtractError } from "../../api/ExtractError";
import type { OtherKind } from "../../api/OtherKind";
import type { PageFinding } from "../../api/PageFinding";
import type { Reason } from "../../api/Reason";
import type { TextRecognition } from "../../api/TextRecognition";
import type { Warning } from "../../api/Warning";
import { pageRanges } from "../../text/pageRanges";
import { said, type Sentences } from "../coded";

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

const unread: Sentences<ExtractError> = {
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

const reasons: Sentences<Exclude<Reason, string>> = {
  ...unread,
  "not-found": ({ path, detail }) => `${path} cannot be opened: ${detail}. Check the path.`,
  "page-not-read": ({ page, error }) => `Page ${page} was not read: ${error.message}`,
  "not-embedded": ({ passages, error }) =>
    `${passages === 1 ? "1 passage was" : `${passages} passages were`} not embedded, and found by words only: ${error.message}`,
};

/** Each goes on after "Pages 3, 5". */
const ofPages: Sentences<PageFinding> = {
  unfinished: () => "could not be read to the end; text may be missing.",
  unsure: () => "may be misread: PDFium, which reads such pages better, was not found.",
  illegible: () =>
    "cannot be read: the file does not say which letters its glyphs are. Tesseract and PDFium together read such pages off their pictures.",
  stamped: () =>
    "may hold more than the few words that were read: if scanned, install Tesseract (tesseract-ocr) and add the file again.",
  "without-text": ({ recognition }) =>
    ({
      "found-nothing": "held no text, and text recognition (OCR) found none.",
      "no-tesseract": "held no text; if scanned, install Tesseract (tesseract-ocr) and add the file again.",
      "no-pdfium": "held no text, and could not be drawn for text recognition: PDFium was not found.",
    })[recognition],
  recognised: () => "held no text that can be read; what stands there was recognised and may be misread.",
  transcribed: ({ model }) => `held no text; ${model} read what stands there, and may have misread it.`,
  "seen-empty": ({ model }) => `held no text, and ${model} found none.`,
};

const warnings: Sentences<Warning> = {
  "encoding-guessed": ({ encoding }) =>
    `The text was read as ${encoding}; the file does not name its encoding.`,
  "characters-lost": () => "Some characters could not be decoded and show as \ufffd.",
  "structure-lost": ({ reason }) => `The structure was not kept. ${said(unread, reason)}`,
  "formulas-without-values": ({ sheet }) =>
    `The sheet ${sheet} has formulas whose values were never stored. Open the file in a spreadsheet program and save it.`,
  "sheet-not-read": ({ sheet, detail }) => `The sheet ${sheet}: ${detail}`,
  "chapter-not-read": ({ chapter, reason }) =>
    `The chapter ${chapter} could not be read. ${said(unread, reason)}`,
  "attachment-not-read": ({ name, reason }) => `The attachment ${name} was not read. ${said(unread, reason)}`,
  "attached-file-not-read": ({ name, reason }) =>
    `The attached file ${name} was not read. ${said(unread, reason)}`,
  "attached-file-known": ({ name }) => `The attached file ${name} says what the pages say, and was left out.`,
  "in-file": ({ name, warning }) => `${name}: ${said(warnings, warning)}`,
  "office-notice": ({ detail }) => detail,
  pages: ({ pages, finding }) =>
    `${pages.length === 1 ? "Page" : "Pages"} ${pageRanges(pages)} ${said(ofPages, finding)}`,
};

/** Why a file was not taken in, or not in full: what happened, and what to do. */
export const ofReason = (reason: Reason) => said(reasons, reason);

/** What a person should know of a document's text. */
export const ofWarning = (warning: DocumentWarning) => said(warnings, warning);
