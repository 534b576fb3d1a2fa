import "@testing-library/jest-dom/vitest";

import { configure } from "@testing-library/svelte";
import { vi } from "vitest";

/** A loaded machine is not a broken window. */
configure({ asyncUtilTimeout: 10_000 });

/** What jsdom has no layout for. */
class NoObserver implements Pick<ResizeObserver, "observe" | "unobserve" | "disconnect"> {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);
Object.assign(HTMLElement.prototype, { scrollIntoView() {}, showPopover() {} });
