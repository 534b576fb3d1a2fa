import type { Attachment } from "svelte/attachments";

/** Makes a text area as high as its text, within the limits of its style; `text` is what it holds. */
export function growWithText(text: string): Attachment<HTMLTextAreaElement> {
  return (area) => {
    area.style.height = "auto";
    if (text !== "") area.style.height = `${area.scrollHeight}px`;
  };
}
