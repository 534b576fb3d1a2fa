import "@testing-library/jest-dom/vitest";

import { configure } from "@testing-library/svelte";
import { beforeEach } from "vitest";

/** A loaded machine is not a broken window. */
configure({ asyncUtilTimeout: 10_000 });

/** jsdom lays nothing out; whoever asks for a size is told the same one, so that lists draw their rows. */
class FixedSize implements ResizeObserver {
  readonly #report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.#report = report;
  }
  observe(target: Element) {
    const entry = { target, contentRect: { width: 300, height: 30 } } as unknown as ResizeObserverEntry;
    queueMicrotask(() => this.#report([entry], this));
  }
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = FixedSize;
window.matchMedia = () => new EventTarget() as MediaQueryList;
Object.defineProperty(HTMLElement.prototype, "offsetParent", { get: () => window.document.body });
Object.assign(HTMLElement.prototype, { scrollIntoView() {}, scrollTo() {}, showPopover() {} });

// jsdom knows the element, but not how to show it.
HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
  this.open = true;
};

/** Each test is a first start. */
beforeEach(() => localStorage.clear());
