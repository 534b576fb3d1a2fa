/** A longer pause between two letters begins another name, in milliseconds. */
const PAUSE = 900;

const sameLetters = new Intl.Collator(undefined, { usage: "search", sensitivity: "base" });

/** Letters that are typed on a list lead to the next of its names that begins with them. */
export class TypeAhead {
  #typed = "";
  #last = -Infinity;

  /** The index of the name that is meant, from `current` on and around; `undefined` where none begins so. */
  find(letter: string, now: number, names: readonly string[], current: number): number | undefined {
    if (now - this.#last > PAUSE) this.#typed = "";
    this.#last = now;
    this.#typed += letter;
    // One more letter may still mean the name where one is; the same one again means the next.
    const isRepeated = this.#typed === letter.repeat(this.#typed.length);
    const sought = isRepeated ? letter : this.#typed;
    const start = current + (isRepeated ? 1 : 0);
    for (let step = 0; step < names.length; step += 1) {
      const index = (start + step) % names.length;
      if (sameLetters.compare(names[index]?.slice(0, sought.length) ?? "", sought) === 0) return index;
    }
    return undefined;
  }
}
