import type { Commands } from "../api/commands";

/** What happens while something is dragged over the window and let go. */
export interface DropHandler {
  over(paths: string[]): void;
  leave(): void;
  drop(paths: string[]): void;
}

/** All that the window may ask of what it runs in: the engine's commands, and what the desktop has. */
export interface Host extends Commands {
  /** Calls when the app has been opened with something once more; returns what ends the listening. */
  onOpened(handler: () => void): () => void;
  /** Paths that the person picked; empty where they picked none. */
  pickFolder(): Promise<string[]>;
  pickFiles(): Promise<string[]>;
  /** Where a file of this name is to be written, as the person chose; `null` where they chose nothing. */
  pickPlace(name: string): Promise<string | null>;
  /** Returns what ends the listening. */
  onDrop(handler: DropHandler): () => void;
}
