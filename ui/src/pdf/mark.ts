import type { Box } from "./boxes";

const CLASS = "quote-mark";

/** Draws the mark of a quote over a page, in place of any other mark in `container`; gives its first line. */
export function drawMark(container: HTMLElement, page: null, boxes: null): undefined;
export function drawMark(
  container: HTMLElement,
  page: HTMLElement,
  boxes: Box[] | null,
): HTMLElement | undefined;
export function drawMark(container: HTMLElement, page: HTMLElement | null, boxes: Box[] | null) {
  container.querySelectorAll(`.${CLASS}`).forEach((mark) => mark.remove());
  if (!page || !boxes) return undefined;
  const { clientWidth: width, clientHeight: height } = page;
  const marks = boxes.map((box) => {
    const mark = document.createElement("div");
    mark.className = CLASS;
    mark.dataset["testid"] = "source-mark";
    // In shares of the page, so that the mark stays in its place at every zoom.
    mark.style.left = percent(box.left, width);
    mark.style.top = percent(box.top, height);
    mark.style.width = percent(box.right - box.left, width);
    mark.style.height = percent(box.bottom - box.top, height);
    return mark;
  });
  page.append(...marks);
  return marks[0];
}

function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}

/** Whether the mark, if there is one, can be seen in what scrolls. */
export function isMarkInView(container: HTMLElement): boolean {
  const mark = container.querySelector(`.${CLASS}`)?.getBoundingClientRect();
  const view = container.getBoundingClientRect();
  return mark !== undefined && mark.bottom > view.top && mark.top < view.bottom;
}
