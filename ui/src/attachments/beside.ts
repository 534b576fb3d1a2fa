import { autoUpdate, computePosition, flip, offset, shift } from "@floating-ui/dom";
import type { Attachment } from "svelte/attachments";

/** Shows a popover beside what it speaks of, wherever there is room, and keeps it there. */
export function beside(anchor: HTMLElement): Attachment<HTMLElement> {
  return (popover) => {
    popover.showPopover();
    const place = async () => {
      const middleware = [offset(6), flip({ padding: 8 }), shift({ padding: 8 })];
      const { x, y } = await computePosition(anchor, popover, { strategy: "fixed", middleware });
      popover.style.left = `${x}px`;
      popover.style.top = `${y}px`;
    };
    return autoUpdate(anchor, popover, () => void place());
  };
}
