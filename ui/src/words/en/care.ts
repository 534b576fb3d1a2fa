import type { Mended } from "../../api/Mended";
import type { Done, Progress, Work } from "../../state/care.svelte";
import { fileName } from "../../text/paths";
import { said, type Sentences } from "../coded";

const number = new Intl.NumberFormat("en");
const size = new Intl.NumberFormat("en", {
  style: "unit",
  unit: "megabyte",
  maximumSignificantDigits: 3,
});
const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

const counted = (amount: number, one: string, many = `${one}s`) =>
  `${number.format(amount)} ${amount === 1 ? one : many}`;
const megabytes = (bytes: number) => size.format(bytes / 1e6);

const mended: Sentences<Mended> = {
  salvaged: ({ rows, lost }) =>
    `The database was damaged. ${counted(rows, "entry", "entries")} could be read and ${rows === 1 ? "is" : "are"} in a new one; about ${number.format(lost)} could not. The damaged one lies beside it, as library.db.damaged.`,
  reindexed: () => "Indexes inside the database did not agree with its tables: they were made anew.",
  orphans: ({ rows }) => `${counted(rows, "entry", "entries")} that belonged to nothing went.`,
  incomplete: ({ documents }) =>
    `${counted(documents, "document")} had lost pages or passages. Look at the folders again: they are then read anew.`,
  "unused-vectors": ({ vectors }) => `${counted(vectors, "vector")} of texts that are in no document went.`,
  "broken-vectors": ({ vectors }) =>
    `${counted(vectors, "vector")} had another length than the model's. Look at the folders again: their texts are then embedded anew.`,
  "conversation-words": () => "The words of conversations were taken in again.",
  words: ({ documents }) =>
    `The index of words did not hold what ${counted(documents, "document")} ${documents === 1 ? "says" : "say"}: taken in again.`,
  "word-files": () => "The files of the index of words could not be used: they were made anew.",
  "vector-files": () => "The files of the index of vectors could not be used: they were made anew.",
  jobs: ({ jobs }) =>
    `${counted(jobs, "job")} had ended undone, with the program that did ${jobs === 1 ? "it" : "them"}: ${jobs === 1 ? "it goes" : "they go"} on now.`,
  leftovers: ({ bytes }) => `${megabytes(bytes)} that a broken-off backup had left behind were removed.`,
};

const steps = {
  copying: "Copying…",
  checking: "Looking for damage…",
  sealing: "Writing the checksum…",
  replacing: "Putting it in place…",
  indexing: "Making the indexes…",
  pages: "Reading the database…",
  rows: "Comparing its entries…",
  indexes: "Comparing the indexes…",
} satisfies Record<Progress["step"], string>;

/** Backing the library up, and looking after it. */
export const care = {
  open: "Back up and check the library…",
  heading: "Back up and check",
  backUp: "Back up…",
  backUpHint:
    "Documents, conversations and settings in one file, with a checksum; no key. You can go on working meanwhile.",
  restore: "Restore a backup…",
  restoreHint: "It is checked before anything is replaced.",
  examine: "Check the library",
  examineHint:
    "Looks whether the database is whole and the indexes hold what it does, mends what is not so, and says what it did.",
  ask: (file: string) =>
    `Replace all documents, conversations and settings of this library by the backup ${fileName(file)}?`,
  replace: "Replace",
  stop: "Stop",
  running: {
    backup: "The library is being backed up",
    restore: "The backup is being restored",
    examination: "The library is being checked",
  } satisfies Record<Work, string>,
  step: ({ step }: Progress) => steps[step],
  amount: ({ done, total }: Progress) => `${megabytes(done)} of ${megabytes(total)}`,
  done: (done: Done): string => {
    if (done.outcome === "written") return `The backup is written and checked: ${megabytes(done.bytes)}.`;
    if (done.outcome === "restored") return `Restored, as it was on ${time.format(done.made_at * 1000)}.`;
    if (done.outcome === "stopped") return "Stopped. Nothing was changed.";
    return done.mended.length === 0
      ? "The library is whole."
      : `${counted(done.mended.length, "thing")} mended.`;
  },
  mended: (one: Mended) => said(mended, one),
  /** Of a backup that is written now. */
  fileName: () => `footnote-${new Date().toISOString().slice(0, 10)}.footnote`,
};
