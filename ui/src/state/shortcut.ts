/** Keys pressed together with Ctrl, or Command on a Mac. */
export interface Shortcut {
  key: string;
  shift?: boolean;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function isPressed({ key, shift = false }: Shortcut, event: KeyboardEvent): boolean {
  const isHeld = isMac ? event.metaKey : event.ctrlKey;
  return isHeld && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;
}

/** As it is printed on the keys: "Ctrl Shift F", "⌘ ⇧ F". */
export function keyNames({ key, shift = false }: Shortcut): string[] {
  const held = isMac ? ["⌘", ...(shift ? ["⇧"] : [])] : ["Ctrl", ...(shift ? ["Shift"] : [])];
  return [...held, key.toUpperCase()];
}

/** In the form of `aria-keyshortcuts`. */
export function ariaKeys(shortcut: Shortcut): string {
  const held = [isMac ? "Meta" : "Control", ...(shortcut.shift ? ["Shift"] : [])];
  return [...held, shortcut.key.toUpperCase()].join("+");
}
