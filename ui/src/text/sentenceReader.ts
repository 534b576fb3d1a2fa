/** Reads a text that grows, sentence by sentence. */
export class SentenceReader {
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  /** In characters, without those of markers and a space before them: some are put in when the text is whole. */
  #read = 0;

  /** The sentences that have become whole since the last call; all that is left where the text `isWhole`. */
  next(text: string, isWhole: boolean): string[] {
    // What had been read turned out not to belong to the text.
    if (withoutMarkers(text).length < this.#read) this.#read = 0;
    const rest = text.slice(placeBehind(this.#read, text));
    const sentences = [...this.#segmenter.segment(rest)].map(({ segment }) => segment);
    if (!isWhole) sentences.pop();
    this.#read += withoutMarkers(sentences.join("")).length;
    return sentences.map((sentence) => sentence.trim()).filter(Boolean);
  }
}

const MARKER = / ?\[\d+(?:,\s*\d+)*\]/g;

function withoutMarkers(text: string): string {
  return text.replace(MARKER, "");
}

/** Where a text goes on behind so many characters that are not part of a marker. */
function placeBehind(characters: number, text: string): number {
  let markers = 0;
  for (const { index, 0: marker } of text.matchAll(MARKER)) {
    if (index - markers >= characters) break;
    markers += marker.length;
  }
  return characters + markers;
}
