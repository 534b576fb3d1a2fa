/** Sentences that were read stay this long: whoever goes through the window finds the answer once. */
const READ_MS = 5000;

/** What a screen reader is told without moving the focus. */
export class Announcer {
  /** News, each in place of the last. */
  text = $state("");
  /** The sentences of an answer as they become whole. */
  sentences = $state<string[]>([]);

  say(text: string) {
    this.text = text;
  }

  /** Leaves what was read for something new. */
  beginReading() {
    this.sentences = [];
  }

  read(sentences: string[]) {
    this.sentences.push(...sentences);
  }

  endReading() {
    const read = this.sentences;
    setTimeout(() => {
      if (this.sentences === read) this.sentences = [];
    }, READ_MS);
  }
}
