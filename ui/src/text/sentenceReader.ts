/** Reads a text that grows, sentence by sentence. */
export class SentenceReader {
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  #read = 0;

  /** The sentences that have become whole since the last call; all that is left where the text `isWhole`. */
  next(text: string, isWhole: boolean): string[] {
    // What had been read turned out not to belong to the text.
    if (text.length < this.#read) this.#read = 0;
    const sentences = [...this.#segmenter.segment(text.slice(this.#read))].map(({ segment }) => segment);
    if (!isWhole) sentences.pop();
    this.#read += sentences.join("").length;
    return sentences.map((sentence) => sentence.trim()).filter(Boolean);
  }
}
