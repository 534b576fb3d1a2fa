import type { PageExplanation } from "../../api/PageExplanation";
import type { Part } from "../../api/Part";
import type { Standing } from "../../api/Standing";
import type { Unsearched } from "../../api/Unsearched";
import type { Why } from "../../state/explaining.svelte";
import { fileName } from "../../text/paths";

const number = new Intl.NumberFormat("en");
const points = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat("en", { style: "percent" });
const list = new Intl.ListFormat("en", { type: "conjunction" });
const quoted = (words: string[]) => list.format(words.map((word) => `“${word}”`));
const order = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

function ordinal(rank: number): string {
  return `${number.format(rank)}${endings[order.select(rank)] ?? "th"}`;
}

/** Why a page was found, or was not. */
export const explaining = {
  why: {
    found: "Why was this found?",
    unfound: "Why was this not found?",
    uncited: "Why was this not cited?",
  } satisfies Record<Why, string>,
  /** The name of the button on a passage. */
  ofPassage: (file: string, pages: string) => `Why was this found? ${file}, ${pages}`,
  searching: "Searching once more…",
  again: (coverage: string) => `The search was done again just now. ${coverage}.`,
  columns: { step: "Step", standing: "Place", points: "Points", share: "Share" },
  steps: {
    words: "Words of the passage",
    phrases: "Phrases of the passage",
    page_words: "Words of the page",
    page_phrases: "Phrases of the page",
    vectors: "Meaning",
    names: "Name of the document",
    amounts: "Figures, as an amount is asked for",
    places: "Page, table or section that is named",
  } satisfies Record<Part, string>,
  all: "All together",
  standing: ({ rank, of, most }: Standing): string => {
    if (rank !== null) return `${ordinal(rank)} of ${number.format(of)}`;
    const isCut = most !== null && of >= most;
    return isCut ? `not in the first ${number.format(of)}` : `not among the ${number.format(of)}`;
  },
  points: (amount: number) => (amount === 0 ? "–" : points.format(amount)),
  share: (share: number) => (share === 0 ? "–" : percent.format(share)),
  ofBest: ({ best_score }: PageExplanation) => `best ${points.format(best_score)}`,
  unsearched: {
    other_place: "Its document was not searched.",
    no_text: "This page holds no text.",
  } satisfies Record<Unsearched, string>,
  /** Which words of the question are where. */
  held: ({ holds, in_name, lacks }: PageExplanation): string[] =>
    [
      holds.length > 0 && `The page holds ${quoted(holds)}.`,
      in_name.length > 0 && `The name of its document holds ${quoted(in_name)}.`,
      lacks.length > 0 &&
        `${in_name.length > 0 ? "Neither holds" : "The page does not hold"} ${quoted(lacks)}.`,
    ].filter((said) => said !== false),
  /** Where it came in the end. */
  places: ({ passages, repeats, reranked, given }: PageExplanation): string[] =>
    [
      `Among the passages: ${explaining.standing(passages)}.`,
      repeats &&
        `Left out, because page ${number.format(repeats.page)} of ${fileName(repeats.document)} says the same.`,
      reranked && `In the reranking model's order: ${explaining.standing(reranked)}.`,
      given && `Among the passages that the answer was written from: ${explaining.standing(given)}.`,
    ].filter((said) => typeof said === "string"),
};
