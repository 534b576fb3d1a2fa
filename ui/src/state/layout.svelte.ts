import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import { innerWidth } from "svelte/reactivity/window";

import type { Fit } from "../pdf/reader";

const KEY = "footnote.layout";

/** A side pane's width in pixels, and the widths it can be given. */
export interface PaneWidth {
  value: number;
  readonly least: number;
  readonly most: number;
}

/** Where it is not known how wide the window is. */
const USUAL_WINDOW = 1120;

interface Saved {
  library: number;
  /** As a share of the window. */
  sourceShare: number;
  isLibraryFolded: boolean;
  fit: Fit;
}

/** What the middle of the window is for: questions to a model, or passages for what is typed. */
export type Mode = "ask" | "search";

/** How the panes share the window; kept from one start to the next. */
export class Layout {
  library = $state<PaneWidth>({ value: 272, least: 220, most: 420 });
  source = new ShareOfWindow(0.42, 320, 1600);
  isLibraryFolded = $state(false);
  /** What of a printed page fills its pane when it is opened. */
  fit = $state<Fit>("text");
  mode = $state<Mode>("ask");

  #field: HTMLElement | null = null;

  constructor() {
    const saved = read();
    if (!saved) return;
    this.library.value = saved.library;
    this.source.share = saved.sourceShare ?? this.source.share;
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
      sourceShare: this.source.share,
      isLibraryFolded: this.isLibraryFolded,
      fit: this.fit,
    };
    localStorage.setItem(KEY, JSON.stringify(saved));
  }
}

/** A pane that grows and shrinks with the window. */
class ShareOfWindow implements PaneWidth {
  share = $state(0);
  readonly least: number;
  readonly most: number;
  readonly #window = $derived(innerWidth.current ?? USUAL_WINDOW);

  constructor(share: number, least: number, most: number) {
    this.share = share;
    this.least = least;
    this.most = most;
  }

  get value(): number {
    return Math.round(Math.min(this.most, Math.max(this.least, this.share * this.#window)));
  }

  set value(width: number) {
    this.share = width / this.#window;
  }
}

function read(): (Omit<Saved, "fit" | "sourceShare"> & Partial<Saved>) | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Saved | null;
  } catch {
    return null;
  }
}
