import type { Attachment } from "svelte/attachments";

/** How near to its end, in pixels, a list counts as read to the end. */
const NEAR = 48;

/** Keeps a growing list scrolled to its end while the person is there; scrolling up ends it. */
export const followEnd: Attachment<HTMLElement> = (viewport) => {
  let follows = true;
  const onscroll = () => {
    follows = viewport.scrollHeight - viewport.scrollTop - viewport.clientHeight < NEAR;
  };
  /** A list that grows because it became narrower stays where it is read. */
  let width = viewport.clientWidth;
  const growth = new ResizeObserver(() => {
    if (follows && viewport.clientWidth === width) viewport.scrollTop = viewport.scrollHeight;
    width = viewport.clientWidth;
  });
  if (viewport.firstElementChild) growth.observe(viewport.firstElementChild);
  viewport.addEventListener("scroll", onscroll, { passive: true });
  return () => {
    growth.disconnect();
    viewport.removeEventListener("scroll", onscroll);
  };
};
