/** Hands items over together, at most once a frame, so that a fast stream costs one drawing a frame. */
export class FrameBatch<Item> {
  #items: Item[] = [];
  #frame: number | null = null;
  readonly #take: (items: Item[]) => void;

  constructor(take: (items: Item[]) => void) {
    this.#take = take;
  }

  push(item: Item) {
    this.#items.push(item);
    this.#frame ??= requestAnimationFrame(() => this.flush());
  }

  /** Hands over what waits, without waiting for the frame (a hidden window draws none). */
  flush() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const items = this.#items.splice(0);
    if (items.length > 0) this.#take(items);
  }
}
