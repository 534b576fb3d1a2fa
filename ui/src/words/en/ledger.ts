import type { LedgerRequest } from "../../api/LedgerRequest";
import type { LedgerSum } from "../../api/LedgerSum";
import type { Purpose } from "../../api/Purpose";
import type { RequestOutcome } from "../../api/RequestOutcome";
import { happened } from "./calls";

const number = new Intl.NumberFormat("en");
const dollars = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumSignificantDigits: 3,
});
// Days come as they were where this computer is; UTC keeps them so.
const day = new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" });
const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });
const list = new Intl.ListFormat("en", { type: "conjunction" });

const counted = (amount: number, thing: string) =>
  `${number.format(amount)} ${amount === 1 ? thing : `${thing}s`}`;

const purposes = {
  "embed-documents": "Embedding of documents",
  "embed-questions": "Embedding of questions",
  rerank: "Order of passages",
  answer: "Answers",
  judge: "Second opinions",
  "read-pages": "Reading of scanned pages",
  "make-pictures": "Pictures",
  "try-endpoint": "Trial of an endpoint",
  "list-models": "List of models",
  "find-servers": "Search for servers on this computer",
  "fetch-model": "Download of a model",
} satisfies Record<Purpose, string>;

function outcome(ended: RequestOutcome | null): string {
  if (ended === null) return "no end known";
  if (ended.code === "answered" || ended.code === "stopped") return ended.code;
  return happened(ended);
}

/** What left the computer. */
export const ledger = {
  open: "What left this computer…",
  heading: "What left this computer",
  lead: "Every request that Footnote sends is noted here before it is sent: where it goes and how much it holds, never a text or a key.",
  reading: "Reading the ledger…",
  nothing: "Nothing has left this computer.",
  local: "To servers on this computer",
  last: (requests: number) => `The last ${counted(requests, "request")}`,
  unnoted: (requests: number) => `${counted(requests, "request")} could not be noted.`,
  unnotedWhy: "The library may only be read, or its disk is full.",
  columns: { purpose: "What for", requests: "Requests", sent: "Sent", tokens: "Tokens", cost: "Price" },
  day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  purpose: (purpose: Purpose | null) =>
    purpose === null ? "A purpose of another version" : purposes[purpose],
  number: (amount: number) => number.format(amount),
  sent: ({ texts, characters, pictures }: Pick<LedgerSum, "texts" | "characters" | "pictures">) => {
    const parts = [
      texts > 0 ? `${counted(texts, "text")} of ${counted(characters, "character")}` : "",
      pictures > 0 ? counted(pictures, "picture") : "",
    ];
    return list.format(parts.filter(Boolean)) || "no text";
  },
  tokens: ({ prompt_tokens, completion_tokens }: Pick<LedgerSum, "prompt_tokens" | "completion_tokens">) =>
    prompt_tokens + completion_tokens > 0 ? number.format(prompt_tokens + completion_tokens) : "–",
  cost: (cost: number | null) => (cost === null ? "–" : dollars.format(cost)),
  time: (at: number) => time.format(at * 1000),
  outcome: ({ outcome: ended }: LedgerRequest) => outcome(ended),
};
