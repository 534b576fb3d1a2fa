import type { Attachment } from "svelte/attachments";

import { Opener } from "../state/opener";

/** Shows a dialog over the window; what had the focus gets it back when the dialog is gone. */
export const modal: Attachment<HTMLDialogElement> = (dialog) => {
  const opener = new Opener();
  dialog.showModal();
  return () => opener.giveBack();
};
