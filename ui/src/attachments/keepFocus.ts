import type { Attachment } from "svelte/attachments";

import { Opener } from "../state/opener";

/** A button that is gone once it was pressed leaves the focus to what it stood in: the next key is not lost. */
export const keepFocus: Attachment<HTMLElement> = (container) => {
  let held: Opener | null = null;
  const onfocusin = () => (held = new Opener());
  // What a person leaves with the pointer is still there.
  const onfocusout = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (held?.element === target && (target as Element).isConnected) held = null;
    });
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) held?.giveBack();
  });
  container.addEventListener("focusin", onfocusin);
  container.addEventListener("focusout", onfocusout);
  observer.observe(container, { childList: true, subtree: true });
  return () => {
    container.removeEventListener("focusin", onfocusin);
    container.removeEventListener("focusout", onfocusout);
    observer.disconnect();
  };
};
