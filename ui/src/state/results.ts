import type { Passage } from "../api/Passage";
import { fileName } from "../text/paths";

/** A passage with what says the same in other documents. */
export interface Result {
  passage: Passage;
  copies: Passage[];
}

/** What was found in one document, best first. */
export interface DocumentResults {
  documentId: number;
  path: string;
  results: Result[];
}

/**
 * Of the runs of three words that two passages hold, what they share where they are the same but for their figures. All
 * of the 28 pairs above it that seven searches over 54 reports of companies found were of one company in two years.
 */
const SAME = 0.7;

/**
 * Puts passages of one document together where the best of them stands, and copies of a passage under the newest, or
 * under the one whose number the query names.
 */
export function groupResults(passages: readonly Passage[], query: string): DocumentResults[] {
  const groups = new Map<number, DocumentResults>();
  for (const result of foldCopies(passages, new Set(numbersIn(query)))) {
    const { document_id: documentId, document: path } = result.passage;
    const group = groups.get(documentId) ?? { documentId, path, results: [] };
    group.results.push(result);
    groups.set(documentId, group);
  }
  return [...groups.values()];
}

function foldCopies(passages: readonly Passage[], asked: Set<string>): Result[] {
  const found: { runs: Set<string>; same: Passage[] }[] = [];
  for (const passage of passages) {
    const runs = runsOf(passage.text);
    const of = found.find(
      ({ runs: others, same }) => isElsewhere(passage, same) && share(runs, others) >= SAME,
    );
    if (of) of.same.push(passage);
    else found.push({ runs, same: [passage] });
  }
  return found.map(({ same }) => {
    const named = same.find(({ document }) =>
      numbersIn(fileName(document)).some((number) => asked.has(number)),
    );
    const passage = named ?? same.reduce((newest, other) => (isNewer(other, newest) ? other : newest));
    return { passage, copies: same.filter((other) => other !== passage) };
  });
}

function isElsewhere(passage: Passage, others: readonly Passage[]): boolean {
  return others.every(({ document_id }) => document_id !== passage.document_id);
}

/** Each three words in a row; figures and dates are what differs from year to year. */
function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.map((word, index) => [word, words[index + 1], words[index + 2]].join(" ")));
}

function share(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const run of a) if (b.has(run)) both += 1;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}

function numbersIn(text: string): string[] {
  return text.match(/\d+/g) ?? [];
}

const numberOrder = new Intl.Collator(undefined, { numeric: true });

/** Whether names that are the same but for their numbers, as of reports of two years, say so. */
function isNewer(a: Passage, b: Passage): boolean {
  const [one, other] = [fileName(a.document), fileName(b.document)];
  const isOfSeries = one.replaceAll(/\d+/g, "#") === other.replaceAll(/\d+/g, "#");
  return isOfSeries && numberOrder.compare(one, other) > 0;
}
