import { vi } from "vitest";

import type { AnswerEvent } from "../src/api/AnswerEvent";
import type { Listener } from "../src/api/commands";
import type { IndexEvent } from "../src/api/IndexEvent";
import type { InstallEvent } from "../src/api/InstallEvent";
import type { WatchEvent } from "../src/api/WatchEvent";
import type { DropHandler, Host } from "../src/host/host";
import {
  document,
  embeddingPlan,
  folder,
  folderSummary,
  localModels,
  page,
  settings,
  status,
} from "./fixtures";

/** A command with events that goes on until the test ends it. */
interface Running<Event> {
  send: Listener<Event>;
  end: () => void;
}

/** A host in the test's hands: it says what the test has it say, and a long command waits for the test. */
export function fakeHost(changes: Partial<Host> = {}) {
  const running: {
    indexing?: Running<IndexEvent>;
    answer?: Running<AnswerEvent>;
    watch?: Running<WatchEvent>;
    installation?: Running<InstallEvent>;
    drop?: DropHandler;
    opened?: () => void;
  } = {};
  const index = (onEvent: Listener<IndexEvent>) =>
    new Promise<void>((end) => (running.indexing = { send: onEvent, end }));
  const host = {
    status: vi.fn<Host["status"]>(async () => status()),
    documents: vi.fn<Host["documents"]>(async () => [document(1, `${folder}/keepers-log.pdf`)]),
    folders: vi.fn<Host["folders"]>(async () => [folderSummary()]),
    remove: vi.fn<Host["remove"]>(async () => ({ folders: 0, documents: 1, unknown: [] })),
    add: vi.fn<Host["add"]>((_, onEvent) => index(onEvent)),
    openedPaths: vi.fn<Host["openedPaths"]>(async () => []),
    openedLink: vi.fn<Host["openedLink"]>(async () => null),
    suggestions: vi.fn<Host["suggestions"]>(async () => []),
    onOpened: vi.fn<Host["onOpened"]>((handler) => {
      running.opened = handler;
      return () => {};
    }),
    addSample: vi.fn<Host["addSample"]>(index),
    sync: vi.fn<Host["sync"]>(index),
    readAgain: vi.fn<Host["readAgain"]>(index),
    embed: vi.fn<Host["embed"]>(async () => {}),
    unlockDocument: vi.fn<Host["unlockDocument"]>(async () => ({ failure: null, remembered: true })),
    recognitionPlan: vi.fn<Host["recognitionPlan"]>(),
    recognise: vi.fn<Host["recognise"]>((_, onEvent) => index(onEvent)),
    jobs: vi.fn<Host["jobs"]>(async () => []),
    cancelJob: vi.fn<Host["cancelJob"]>(async () => {}),
    pauseJob: vi.fn<Host["pauseJob"]>(async () => {}),
    resumeJob: vi.fn<Host["resumeJob"]>(async () => {}),
    watch: vi.fn<Host["watch"]>(
      (onEvent) => new Promise<void>((end) => (running.watch = { send: onEvent, end })),
    ),
    search: vi.fn<Host["search"]>(),
    explain: vi.fn<Host["explain"]>(),
    ask: vi.fn<Host["ask"]>(
      (_, onEvent) => new Promise<void>((end) => (running.answer = { send: onEvent, end })),
    ),
    stop: vi.fn<Host["stop"]>(async () => {}),
    picture: vi.fn<Host["picture"]>(async () => ({ media_type: "image/png", base64: "iVBORw0KGgo=" })),
    markCitation: vi.fn<Host["markCitation"]>(async () => {}),
    secondOpinion: vi.fn<Host["secondOpinion"]>(),
    conversations: vi.fn<Host["conversations"]>(async () => []),
    conversation: vi.fn<Host["conversation"]>(),
    renameConversation: vi.fn<Host["renameConversation"]>(async () => {}),
    deleteConversation: vi.fn<Host["deleteConversation"]>(async () => {}),
    exportConversation: vi.fn<Host["exportConversation"]>(),
    saveConversation: vi.fn<Host["saveConversation"]>(async () => {}),
    embeddings: vi.fn<Host["embeddings"]>(async () => []),
    embeddingPlan: vi.fn<Host["embeddingPlan"]>(async () => embeddingPlan()),
    useEmbeddings: vi.fn<Host["useEmbeddings"]>(async () => {}),
    dropEmbeddings: vi.fn<Host["dropEmbeddings"]>(async () => {}),
    settings: vi.fn<Host["settings"]>(async () => settings()),
    changeSettings: vi.fn<Host["changeSettings"]>(async ({ endpoint, prices }) =>
      settings({ endpoint, prices }),
    ),
    tryEndpoint: vi.fn<Host["tryEndpoint"]>(),
    localServers: vi.fn<Host["localServers"]>(async () => []),
    localModels: vi.fn<Host["localModels"]>(async () => localModels()),
    installModel: vi.fn<Host["installModel"]>(
      (_, onEvent) => new Promise<void>((end) => (running.installation = { send: onEvent, end })),
    ),
    importModel: vi.fn<Host["importModel"]>(async () => "tiny"),
    removeModel: vi.fn<Host["removeModel"]>(async () => {}),
    useModel: vi.fn<Host["useModel"]>(async () => {}),
    backUp: vi.fn<Host["backUp"]>(),
    restore: vi.fn<Host["restore"]>(),
    examine: vi.fn<Host["examine"]>(),
    ledger: vi.fn<Host["ledger"]>(async () => ({ sums: [], requests: [], unnoted: 0 })),
    endpointModels: vi.fn<Host["endpointModels"]>(async () => [{ id: "llama3", context_tokens: 8192 }]),
    page: vi.fn<Host["page"]>(async () => page()),
    documentBytes: vi.fn<Host["documentBytes"]>(async () => new ArrayBuffer(0)),
    documentPassword: vi.fn<Host["documentPassword"]>(async () => null),
    openDocument: vi.fn<Host["openDocument"]>(async () => {}),
    showInFolder: vi.fn<Host["showInFolder"]>(async () => {}),
    pickFolder: vi.fn<Host["pickFolder"]>(async () => []),
    pickFiles: vi.fn<Host["pickFiles"]>(async () => []),
    pickPlace: vi.fn<Host["pickPlace"]>(async () => null),
    onDrop: vi.fn<Host["onDrop"]>((handler) => {
      running.drop = handler;
      return () => {};
    }),
  } satisfies Host;
  for (const [command, act] of Object.entries(changes)) Object.assign(host, { [command]: vi.fn(act) });
  return { host, running };
}

/** Waits until the next frame has been drawn. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
