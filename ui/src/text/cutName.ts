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
  // A space stays at the end of its line.
  const begins = (index: number) => /\s/.test(name.charAt(index - 1)) || /[_.-]/.test(name.charAt(index));
  const cut = parts.find(begins) ?? starts[first] ?? name.length;
  return [name.slice(0, cut), name.slice(cut)];
}
