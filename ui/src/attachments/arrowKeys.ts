import type { Attachment } from "svelte/attachments";

/**
 * Arrow keys move the focus through the rows of a list that is one stop of the Tab key itself: ten thousand documents
 * are not ten thousand stops on the way to the question. Up and down lead from row to row, left and right through the
 * buttons of one; a button that opens and closes something is opened and closed by them first.
 */
export const arrowKeys: Attachment<HTMLElement> = (list) => {
  const onkeydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const opener = openedBy(event);
    const next = nextButton(list, event);
    if (!opener && !next) return;
    event.preventDefault();
    if (opener) opener.click();
    else next?.focus();
  };
  list.addEventListener("keydown", onkeydown);
  return () => list.removeEventListener("keydown", onkeydown);
};

/** The button itself, where the key opens what is closed or closes what is open. */
function openedBy({ key, target }: KeyboardEvent): HTMLElement | undefined {
  const state = { ArrowRight: "false", ArrowLeft: "true" }[key];
  const isIt = target instanceof HTMLButtonElement && target.getAttribute("aria-expanded") === state;
  return state && isIt ? target : undefined;
}

function nextButton(list: HTMLElement, { key, target }: KeyboardEvent): HTMLElement | undefined {
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  const along = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const buttons = [...list.querySelectorAll("button")];
  const focused = buttons.find((button) => button === target);
  if (!focused) return down && target === list ? firstInView(list, buttons) : undefined;
  if (along) {
    const inRow = buttons.filter((button) => rowOf(button) === rowOf(focused));
    return inRow[inRow.indexOf(focused) + along];
  }
  if (!down) return undefined;
  const rows = [...new Set(buttons.map(rowOf))];
  const row = rows[rows.indexOf(rowOf(focused)) + down];
  return buttons.find((button) => rowOf(button) === row);
}

/** A button that is in no row is one. */
function rowOf(button: HTMLElement): Element {
  return button.closest("li") ?? button;
}

function firstInView(list: HTMLElement, buttons: HTMLElement[]): HTMLElement | undefined {
  const { top } = list.getBoundingClientRect();
  return buttons.find((button) => button.getBoundingClientRect().top >= top);
}
