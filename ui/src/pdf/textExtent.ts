import type { PDFPageProxy } from "pdfjs-dist";

/** From where to where the lines of a page reach, in points from its left edge. */
export interface Extent {
  left: number;
  right: number;
}

/** This share of a page stays in view: wider margins are meant, as around the few words of a title page. */
const LEAST_SHARE = 2 / 3;

/** What is to be seen of a page's width so that all of its text is; all of it where the page holds no text. */
export async function textExtent(page: PDFPageProxy): Promise<Extent> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const pieces = items.flatMap((item) => {
    if (!("str" in item) || item.str.trim() === "") return [];
    const [along = 1, across = 0, , , x = 0, y = 0] = item.transform as number[];
    const share = item.width / Math.hypot(along, across);
    const [left, top] = viewport.convertToViewportPoint(x, y) as [number, number];
    const end = viewport.convertToViewportPoint(x + share * along, y + share * across);
    const [right, bottom] = end as [number, number];
    // What runs up the margin, as a stamp, is no line of the text.
    return right - left > Math.abs(bottom - top) ? [{ left, right }] : [];
  });
  return extentOf(pieces, viewport.width);
}

export function extentOf(pieces: readonly Extent[], width: number): Extent {
  const inside = pieces.filter(({ left, right }) => right > 0 && left < width);
  if (inside.length === 0) return { left: 0, right: width };
  const left = Math.max(0, Math.min(...inside.map((piece) => piece.left)));
  const right = Math.min(width, Math.max(...inside.map((piece) => piece.right)));
  const least = LEAST_SHARE * width;
  if (right - left >= least) return { left, right };
  const middle = Math.min(width - least / 2, Math.max(least / 2, (left + right) / 2));
  return { left: middle - least / 2, right: middle + least / 2 };
}
