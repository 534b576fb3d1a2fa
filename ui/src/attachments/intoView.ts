import type { Attachment } from "svelte/attachments";

/** Scrolls to the first mark of a page when it is drawn. */
export const intoView: Attachment<HTMLElement> = (mark) => {
  if (mark.ownerDocument.querySelector("mark") === mark) mark.scrollIntoView({ block: "center" });
};
