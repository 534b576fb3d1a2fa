/** A box in the pixels of a page, from its upper left corner. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Boxes further apart than this many times their height stand in different columns. */
const WIDEST_GAP = 2.5;

/** The boxes of pieces of text, in their order, as one box for each line. */
export function lines(pieces: readonly Box[]): Box[] {
  const lines: Box[] = [];
  for (const piece of pieces) {
    if (piece.right <= piece.left || piece.bottom <= piece.top) continue;
    const line = lines.at(-1);
    if (line && goesOn(line, piece)) {
      line.left = Math.min(line.left, piece.left);
      line.top = Math.min(line.top, piece.top);
      line.right = Math.max(line.right, piece.right);
      line.bottom = Math.max(line.bottom, piece.bottom);
    } else lines.push({ ...piece });
  }
  return lines;
}

/** Whether a piece stands on the same line as what is before it, beside it. */
function goesOn(line: Box, piece: Box): boolean {
  const overlap = Math.min(line.bottom, piece.bottom) - Math.max(line.top, piece.top);
  const height = Math.min(line.bottom - line.top, piece.bottom - piece.top);
  const gap = Math.max(piece.left - line.right, line.left - piece.right);
  return overlap > height / 2 && gap < WIDEST_GAP * height;
}

/** Of several places, the one that lies nearest to `where`; the first where it is not known. */
export function nearest(places: readonly Box[][], where: Box | undefined): Box[] | undefined {
  if (!where) return places[0];
  const distance = (boxes: Box[]) => {
    const first = boxes[0] ?? { left: 0, top: 0, right: 0, bottom: 0 };
    return Math.hypot(first.left - where.left, first.top - where.top);
  };
  return places.toSorted((a, b) => distance(a) - distance(b))[0];
}
