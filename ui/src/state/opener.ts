/** What had the focus when something was opened, to be given it back. */
export class Opener {
  readonly element = document.activeElement;
  readonly #around: HTMLElement[] = [];

  constructor() {
    for (let element = this.element; element instanceof HTMLElement; element = element.parentElement) {
      this.#around.push(element);
    }
  }

  /** Where it is gone since, what it lay in gets the focus: a list for its row. */
  giveBack() {
    for (const element of this.#around) {
      if (!element.isConnected) continue;
      element.focus();
      if (document.activeElement === element) return;
    }
  }
}
