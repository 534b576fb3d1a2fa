import type { Attachment } from "svelte/attachments";

/**
 * Arrows, Home and End move the focus through a long list, whose rows the Tab key passes by (`tabindex="-1"`):
 * ten thousand documents are not ten thousand stops on the way to the question.
 */
export const arrowKeys: Attachment<HTMLElement> = (list) => {
  const onkeydown = (event: KeyboardEvent) => {
    const stops = [...list.querySelectorAll<HTMLElement>("summary, details[open] button")];
    const at = stops.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    const next = to === undefined ? undefined : stops[to];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  list.addEventListener("keydown", onkeydown);
  return () => list.removeEventListener("keydown", onkeydown);
};
