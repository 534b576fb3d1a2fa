import type { Attachment } from "svelte/attachments";

/**
 * Arrow keys move the focus through the buttons of a list that is one stop of the Tab key itself: ten thousand
 * documents are not ten thousand stops on the way to the question.
 */
export const arrowKeys: Attachment<HTMLElement> = (list) => {
  const onkeydown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...list.querySelectorAll("button")];
    const next =
      event.target === list
        ? firstInView(list, buttons)
        : buttons[buttons.indexOf(event.target as never) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  list.addEventListener("keydown", onkeydown);
  return () => list.removeEventListener("keydown", onkeydown);
};

function firstInView(list: HTMLElement, buttons: HTMLElement[]): HTMLElement | undefined {
  const { top } = list.getBoundingClientRect();
  return buttons.find((button) => button.getBoundingClientRect().top >= top);
}
