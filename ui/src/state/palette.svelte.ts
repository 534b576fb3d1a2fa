/** The list of all actions, to choose from or to read their keys in. */
export class Palette {
  shown = $state<"actions" | "shortcuts" | null>(null);

  get isOpen(): boolean {
    return this.shown !== null;
  }

  open(what: "actions" | "shortcuts") {
    this.shown = what;
  }

  close() {
    this.shown = null;
  }
}
