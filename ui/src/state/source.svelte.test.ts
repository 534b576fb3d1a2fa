import { expect, it } from "vitest";

import { fakeHost } from "../../tests/fakeHost";
import { citation, page } from "../../tests/fixtures";
import type { PageView } from "../api/PageView";
import { Source } from "./source.svelte";

const place = { documentId: 1, page: 3, quote: "The lamp was lit at dusk" };

it("asks for the quote on its own page only", async () => {
  const { host } = fakeHost({
    page: async ({ page: number }) =>
      page({ page: number, mark: number === 3 ? { start: 9, end: 33 } : null }),
  });
  const source = new Source(host);
  await source.open(place);
  expect(source.quoteState).toBe("marked");
  await source.turnTo(4);
  expect(source.view?.page).toBe(4);
  expect(source.isOnPlace).toBe(false);
  expect(source.quoteState).toBe("unknown");
});

it("says when the quote is no longer there", async () => {
  const { host } = fakeHost({ page: async () => page({ mark: null }) });
  const source = new Source(host);
  await source.open(place);
  expect(source.quoteState).toBe("missing");
});

it("shows the page asked for last, in whatever order they arrive", async () => {
  const replies: ((view: PageView) => void)[] = [];
  const { host } = fakeHost({ page: () => new Promise((resolve) => replies.push(resolve)) });
  const source = new Source(host);
  const opened = source.open(place);
  const turned = source.turnTo(4);
  replies[1]?.(page({ page: 4 }));
  replies[0]?.(page({ page: 3 }));
  await Promise.all([opened, turned]);
  expect(source.view?.page).toBe(4);
});

it("keeps a page that cannot be read out of the view, with the reason", async () => {
  const gone = { code: "gone", message: "keepers-log.pdf is no longer in the library." } as const;
  const { host } = fakeHost({ page: () => Promise.reject(gone) });
  const source = new Source(host);
  await source.open(place);
  expect(source.error).toEqual(gone);
  expect(source.view).toBeNull();
});

it("opens the file at the page shown, and gives the focus back when closed", async () => {
  const { host } = fakeHost();
  const source = new Source(host);
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  await source.open(place);
  button.blur();
  await source.openFile();
  expect(host.openDocument).toHaveBeenCalledWith(1, 3);
  source.close();
  expect(source.isOpen).toBe(false);
  expect(button).toHaveFocus();
});

it("goes through the citations of an answer, each place once", async () => {
  const { host } = fakeHost();
  const source = new Source(host);
  const text = "At dusk [1]. Wound [2], at dusk [1].";
  const [first, second] = [citation(text, 1), citation(text, 2, { page: 5, quote: "wound the clock" })];
  await source.openCitation(first, [first, second, citation(text, 1, {}, 20)]);
  expect(source.previous).toBeUndefined();
  await source.openBeside("next");
  expect(source.place).toEqual({ documentId: 1, page: 5, quote: "wound the clock" });
  expect(source.next).toBeUndefined();
  await source.openBeside("previous");
  expect(source.page).toBe(3);
});

it("leaves the quote of a printed page to the reader that draws it", async () => {
  const { host } = fakeHost({ page: async () => page({ form: "printed", mark: null }) });
  const source = new Source(host);
  await source.open(place);
  expect(source.isPrinted).toBe(true);
  expect(source.quoteState).toBe("unknown");
  await source.failToDraw(new Error("not a PDF"));
  expect(source.isPrinted).toBe(false);
  expect(source.quoteState).toBe("missing");
  expect(source.error?.message).toBe("not a PDF");
});
