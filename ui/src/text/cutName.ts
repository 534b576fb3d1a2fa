/** What a line of the narrowest pane has room for, in letters. */
const END = 24;

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Where a file's name is cut if it is too long: names that begin alike are told apart by their ends. A part of it that
 * would leave too little is not kept together.
 */
export function cutName(name: string): [start: string, end: string] {
  const starts = Array.from(letters.segment(name), ({ index }) => index);
  const first = Math.max(starts.length - END, Math.ceil(starts.length / 2));
  const parts = starts.slice(first, starts.length - END / 2 + 1);
  const cut = parts.find((index) => /[\s_.-]/.test(name.charAt(index))) ?? starts[first] ?? name.length;
  return [name.slice(0, cut), name.slice(cut)];
}
