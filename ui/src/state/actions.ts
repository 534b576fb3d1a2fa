import type { App } from "../context";
import { fileName } from "../text/paths";
import { words } from "../words";
import type { Shortcut } from "./shortcut";

/** Something that can be done from everywhere, by its name or its keys. */
export interface Action {
  name: string;
  keys?: Shortcut;
  /** Whether it makes sense now. */
  isOffered: boolean;
  run(): void;
}

/** All of them, in the order in which to offer them. */
export function actions(app: App): Action[] {
  const { conversation, history, indexing, layout, library, palette } = app;
  const { care, explaining, ledger, recognition, removing, settings, source } = app;
  const named = words.actions;
  return [
    {
      name: named.palette,
      keys: { key: "k" },
      isOffered: !palette.isOpen,
      run: () => palette.open("actions"),
    },
    {
      name: named.ask,
      keys: { key: "e" },
      isOffered: library.canAnswer,
      run: () => void layout.show("ask"),
    },
    {
      name: named.search,
      keys: { key: "f", shift: true },
      isOffered: library.canAnswer,
      run: () => void layout.show("search"),
    },
    {
      name: words.conversation.startNew,
      keys: { key: "n" },
      isOffered: conversation.exchanges.length > 0,
      run: () => void conversation.startNew(),
    },
    {
      name: words.history.open,
      keys: { key: "h" },
      isOffered: true,
      run: () => void history.open(),
    },
    {
      name: words.conversation.stop,
      keys: { key: "." },
      isOffered: conversation.pending !== null,
      run: () => void conversation.stop(),
    },
    {
      name: words.library.addFolder,
      keys: { key: "o" },
      isOffered: true,
      run: () => void indexing.addFolder(),
    },
    {
      name: words.library.addFiles,
      keys: { key: "o", shift: true },
      isOffered: true,
      run: () => void indexing.addFiles(),
    },
    {
      name: words.library.sync,
      isOffered: !indexing.isRunning && !library.isEmpty,
      run: () => void indexing.sync(),
    },
    {
      name: words.library.readAgain,
      isOffered: !indexing.isRunning && !library.isEmpty,
      run: () => void indexing.readAgain(),
    },
    {
      name: words.recognition.all,
      isOffered: !indexing.isRunning && library.documents.some(({ recognisable }) => recognisable),
      run: () => void recognition.open([]),
    },
    {
      name: indexing.isPaused ? named.resumeIndexing : named.pauseIndexing,
      isOffered: indexing.isRunning,
      run: () => void indexing.pause(!indexing.isPaused),
    },
    {
      name: named.cancelIndexing,
      isOffered: indexing.isRunning,
      run: () => void indexing.cancel(),
    },
    {
      name: layout.isLibraryFolded ? words.library.unfold : words.library.fold,
      keys: { key: "b" },
      isOffered: true,
      run: () => layout.foldLibrary(!layout.isLibraryFolded),
    },
    {
      name: words.source.previousCitation,
      keys: { key: "[" },
      isOffered: source.previous !== undefined,
      run: () => void source.openBeside("previous"),
    },
    {
      name: words.source.nextCitation,
      keys: { key: "]" },
      isOffered: source.next !== undefined,
      run: () => void source.openBeside("next"),
    },
    {
      name: words.source.goTo,
      keys: { key: "g" },
      isOffered: source.view !== null,
      run: () => source.askForPage(),
    },
    {
      name: words.explaining.why[explaining.whyPage ?? "found"],
      isOffered: source.view !== null && explaining.whyPage !== null,
      run: () => explaining.page(),
    },
    {
      name: words.source.openFile,
      isOffered: source.isOpen,
      run: () => void source.openFile(),
    },
    ...[source.view?.document, ...(library.status?.folders ?? [])]
      .filter((path) => path !== undefined)
      .map((path) => ({
        name: words.removing.named(fileName(path)),
        isOffered: true,
        run: () => removing.open(path),
      })),
    {
      name: words.settings.open,
      keys: { key: "," },
      isOffered: true,
      run: () => void settings.open(),
    },
    {
      name: words.care.open,
      isOffered: true,
      run: () => care.open(),
    },
    {
      name: words.ledger.open,
      isOffered: true,
      run: () => void ledger.open(),
    },
    {
      name: named.shortcuts,
      keys: { key: "/" },
      isOffered: true,
      run: () => palette.open("shortcuts"),
    },
  ];
}
