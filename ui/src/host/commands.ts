import type { AnswerEvent } from "../api/AnswerEvent";
import type { IndexEvent } from "../api/IndexEvent";
import type { Host, Listener } from "./host";

/** Sends a command and takes its one reply. */
export type Call = <Reply>(command: string, args?: Record<string, unknown>) => Promise<Reply>;

/** Sends a command and takes its events; resolves after the last one. */
export type Stream = <Event extends AnswerEvent | IndexEvent>(
  command: string,
  args: Record<string, unknown>,
  onEvent: Listener<Event>,
) => Promise<void>;

/** What each host does in its own way. */
type Carried = "documentBytes" | "saveConversation" | "pickFolder" | "pickFiles" | "onDrop" | "onOpened";

/** The commands by their names, whatever carries them. */
export function commands(call: Call, stream: Stream): Omit<Host, Carried> {
  return {
    status: () => call("status"),
    documents: () => call("documents"),
    add: (request, onEvent) => stream("add", { request }, onEvent),
    openedPaths: () => call("opened_paths"),
    addSample: (onEvent) => stream("add_sample", {}, onEvent),
    sync: (onEvent) => stream("sync", {}, onEvent),
    unlockDocument: (request) => call("unlock_document", { request }),
    recognitionPlan: (request) => call("recognition_plan", { request }),
    recognise: (request, onEvent) => stream("recognise", { request }, onEvent),
    cancelIndexing: () => call("cancel_indexing"),
    pauseIndexing: () => call("pause_indexing"),
    resumeIndexing: () => call("resume_indexing"),
    search: (request) => call("search", { request }),
    ask: (request, onEvent) => stream("ask", { request }, onEvent),
    stopAnswer: () => call("stop_answer"),
    picture: (request) => call("picture", { request }),
    markCitation: (request) => call("mark_citation", { request }),
    secondOpinion: (request) => call("second_opinion", { request }),
    conversations: (request) => call("conversations", { request }),
    conversation: (id) => call("conversation", { id }),
    renameConversation: (request) => call("rename_conversation", { request }),
    deleteConversation: (id) => call("delete_conversation", { id }),
    settings: () => call("settings"),
    changeSettings: (request) => call("change_settings", { request }),
    tryEndpoint: (request) => call("try_endpoint", { request }),
    endpointModels: (request) => call("endpoint_models", { request }),
    page: (request) => call("page", { request }),
    documentPassword: (documentId) => call("document_password", { documentId }),
    openDocument: (documentId, page) => call("open_document", { documentId, page }),
    showInFolder: (documentId) => call("show_in_folder", { documentId }),
  };
}
