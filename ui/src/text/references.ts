import type { Answer } from "../api/Answer";
import { words } from "../words";
import { fileName } from "./paths";

/** An answer as plain text with its footnotes below, to be pasted elsewhere. */
export function withReferences({ question, answer, refused, citations }: Answer): string {
  const lines = citations
    .toSorted((a, b) => a.marker - b.marker || a.page - b.page)
    .map(
      ({ marker, document, page, page_label, quote, matched }) =>
        `[${marker}] ${words.citation.place(fileName(document), page, page_label)}${matched ? ` (${words.citation.matched})` : ""}: “${quote.replace(/\s+/g, " ").trim()}”`,
    );
  const references = [...new Set(lines)].join("\n");
  return [question, refused ? words.answer.refused : answer.trim(), references].filter(Boolean).join("\n\n");
}
