import type { DocumentWarning } from "../../api/DocumentWarning";
import type { PageFinding } from "../../api/PageFinding";
import type { Reason } from "../../api/Reason";
import type { Warning } from "../../api/Warning";
import { pageRanges } from "../../text/pageRanges";
import { said, type Sentences } from "../coded";
import { ofError } from "./errors";
import { requests } from "./requests";
import { unread } from "./unread";

const reasons: Sentences<Exclude<Reason, string>> = {
  ...unread,
  "not-found": (reason) => requests["no-such-path"]({ ...reason, code: "no-such-path" }),
  "page-not-read": ({ page, error }) => `Page ${page} was not read: ${ofError(error)}`,
  "not-embedded": ({ passages, error }) =>
    `${passages === 1 ? "1 passage was" : `${passages} passages were`} not embedded, and found by words only: ${ofError(error)}`,
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
