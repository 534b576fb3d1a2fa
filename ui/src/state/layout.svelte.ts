import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

import type { Fit } from "../pdf/reader";

const KEY = "footnote.layout";

/** A side pane's width in pixels, and the widths it can be given. */
export interface PaneWidth {
  value: number;
  readonly least: number;
  readonly most: number;
}

interface Saved {
  library: number;
  source: number;
  isLibraryFolded: boolean;
  fit: Fit;
}

/** What the middle of the window is for: questions to a model, or passages for what is typed. */
export type Mode = "ask" | "search";

/** How the panes share the window; kept from one start to the next. */
export class Layout {
  library = $state<PaneWidth>({ value: 272, least: 220, most: 420 });
  source = $state<PaneWidth>({ value: Math.max(420, Math.round(innerWidth * 0.42)), least: 320, most: 1600 });
  isLibraryFolded = $state(false);
  /** What of a printed page fills its pane when it is opened. */
  fit = $state<Fit>("text");
  mode = $state<Mode>("ask");

  #field: HTMLElement | null = null;

  constructor() {
    const saved = read();
    if (!saved) return;
    this.library.value = saved.library;
    this.source.value = saved.source;
    this.isLibraryFolded = saved.isLibraryFolded;
    this.fit = saved.fit ?? this.fit;
  }

  /** Shows a mode, with the caret in its field. */
  async show(mode: Mode) {
    this.mode = mode;
    await tick();
    this.focusField();
  }

  /** The field of the mode that is shown: what is typed beside all fields goes there. */
  readonly field: Attachment<HTMLElement> = (field) => {
    this.#field = field;
    return () => {
      if (this.#field === field) this.#field = null;
    };
  };

  focusField() {
    this.#field?.focus();
  }

  foldLibrary(folded: boolean) {
    this.isLibraryFolded = folded;
    this.save();
  }

  fitPages(fit: Fit) {
    this.fit = fit;
    this.save();
  }

  resize(pane: PaneWidth, width: number) {
    pane.value = Math.round(Math.min(pane.most, Math.max(pane.least, width)));
    this.save();
  }

  save() {
    const saved: Saved = {
      library: this.library.value,
      source: this.source.value,
      isLibraryFolded: this.isLibraryFolded,
      fit: this.fit,
    };
    localStorage.setItem(KEY, JSON.stringify(saved));
  }
}

function read(): (Omit<Saved, "fit"> & Partial<Saved>) | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Saved | null;
  } catch {
    return null;
  }
}
