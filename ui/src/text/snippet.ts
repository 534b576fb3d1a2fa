import type { Piece } from "./marked";

/** How many characters of a passage are shown. */
const LENGTH = 320;
/** How many of them stand before the first word that was searched for. */
const BEFORE = 80;

/** The part of a passage around the words that were searched for, with these and what begins with them marked. */
export function snippet(text: string, searched: readonly string[]): Piece[] {
  const flat = text
    .replace(/^#+\s+/gm, "")
    .replace(/\s+/g, " ")
    .trim();
  const words = searched.join(" ").match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  if (words.length === 0) return [{ text: cut(flat, 0), isMarked: false }];
  const wanted = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const first = Math.max(0, flat.search(wanted));
  const shown = cut(flat, first <= BEFORE ? 0 : flat.lastIndexOf(" ", first - BEFORE) + 1);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: word, index } of shown.matchAll(wanted)) {
    pieces.push({ text: shown.slice(done, index), isMarked: false }, { text: word, isMarked: true });
    done = index + word.length;
  }
  pieces.push({ text: shown.slice(done), isMarked: false });
  return pieces.filter((piece) => piece.text !== "");
}

function cut(text: string, start: number): string {
  const end = start + LENGTH >= text.length ? text.length : text.lastIndexOf(" ", start + LENGTH);
  return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}
