import type { TextRange } from "../api/TextRange";

/** A piece of a text, and whether it is marked. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

/** Cuts `text`, which stands at `start` of what `mark` counts in, where the mark begins and ends. */
export function cutAtMark(text: string, start: number, mark: TextRange | null): Piece[] {
  const from = clamp((mark?.start ?? 0) - start, text.length);
  const to = clamp((mark?.end ?? 0) - start, text.length);
  return [
    { text: text.slice(0, from), isMarked: false },
    { text: text.slice(from, to), isMarked: true },
    { text: text.slice(to), isMarked: false },
  ].filter((piece) => piece.text !== "");
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
