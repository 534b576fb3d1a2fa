/** What had the focus when something was opened, to be given it back. */
export class Opener {
  readonly element = document.activeElement;
  readonly #around: HTMLElement[] = [];

  constructor() {
    for (let element = this.element; element instanceof HTMLElement; element = element.parentElement) {
      this.#around.push(element);
    }
  }

  /** Where it is gone since, what it lay in gets the focus: what else is in its row, or the list of the rows. */
  giveBack() {
    for (const element of this.#around.filter(({ isConnected }) => isConnected)) {
      const inRow = element.matches("li") ? element.querySelector<HTMLElement>("button, input") : null;
      const next = inRow ?? element;
      next.focus();
      if (document.activeElement === next) return;
    }
  }
}
