// Written from the engine's table of commands by `cargo xtask types`. Do not edit.
import type { AddRequest } from "./AddRequest";
import type { AnswerEvent } from "./AnswerEvent";
import type { AskRequest } from "./AskRequest";
import type { BackupEvent } from "./BackupEvent";
import type { BackupRequest } from "./BackupRequest";
import type { ConversationSummary } from "./ConversationSummary";
import type { ConversationView } from "./ConversationView";
import type { ConversationsRequest } from "./ConversationsRequest";
import type { DocumentSummary } from "./DocumentSummary";
import type { EmbeddingPlan } from "./EmbeddingPlan";
import type { EmbeddingPlanRequest } from "./EmbeddingPlanRequest";
import type { Embeddings } from "./Embeddings";
import type { EndpointCheck } from "./EndpointCheck";
import type { EndpointRequest } from "./EndpointRequest";
import type { ExaminationEvent } from "./ExaminationEvent";
import type { ExplainRequest } from "./ExplainRequest";
import type { Explanation } from "./Explanation";
import type { Export } from "./Export";
import type { ExportRequest } from "./ExportRequest";
import type { FolderSummary } from "./FolderSummary";
import type { IndexEvent } from "./IndexEvent";
import type { InstallEvent } from "./InstallEvent";
import type { InstallRequest } from "./InstallRequest";
import type { Job } from "./Job";
import type { Ledger } from "./Ledger";
import type { LibraryStatus } from "./LibraryStatus";
import type { LinkTarget } from "./LinkTarget";
import type { LocalModels } from "./LocalModels";
import type { LocalServer } from "./LocalServer";
import type { MarkRequest } from "./MarkRequest";
import type { ModelChoice } from "./ModelChoice";
import type { OpinionRequest } from "./OpinionRequest";
import type { PageRequest } from "./PageRequest";
import type { PageView } from "./PageView";
import type { Picture } from "./Picture";
import type { PictureRequest } from "./PictureRequest";
import type { RecognitionPlan } from "./RecognitionPlan";
import type { RecognitionRequest } from "./RecognitionRequest";
import type { RemoveRequest } from "./RemoveRequest";
import type { Removed } from "./Removed";
import type { RenameRequest } from "./RenameRequest";
import type { SearchRequest } from "./SearchRequest";
import type { SearchResponse } from "./SearchResponse";
import type { SecondOpinion } from "./SecondOpinion";
import type { SettingsView } from "./SettingsView";
import type { Suggestion } from "./Suggestion";
import type { UnlockRequest } from "./UnlockRequest";
import type { Unlocked } from "./Unlocked";
import type { WatchEvent } from "./WatchEvent";

/** Takes the events of a long command, in their order. */
export type Listener<Event> = (event: Event) => void;

/** What brings a command to the engine. A command that fails rejects with an `ApiError`. */
export interface Carrier {
  /** Takes the one reply. */
  call<Reply>(command: string, args: Record<string, unknown>): Promise<Reply>;
  /** Takes the events; resolves after the last one. */
  stream<Event>(command: string, args: Record<string, unknown>, onEvent: Listener<Event>): Promise<void>;
  /** Takes a file. */
  bytes(command: string, args: Record<string, unknown>): Promise<ArrayBuffer>;
}

/** The commands. One with events resolves after the last of them. */
export interface Commands {
  /** What the library holds, how it does, and which models serve it. */
  status(): Promise<LibraryStatus>;
  /** All documents, or those that have changed since a moment in seconds since 1970. */
  documents(since?: number): Promise<Array<DocumentSummary>>;
  /** The watched folders, and whether they are there. */
  folders(): Promise<Array<FolderSummary>>;
  /** Takes folders and files out of the library; what is on disk stays. */
  remove(request: RemoveRequest): Promise<Removed>;
  /** Takes in folders and files. */
  add(request: AddRequest, onEvent: Listener<IndexEvent>): Promise<void>;
  /** Takes in the documents that come with Footnote. */
  addSample(onEvent: Listener<IndexEvent>): Promise<void>;
  /** Looks at the remembered folders again. */
  sync(onEvent: Listener<IndexEvent>): Promise<void>;
  /** Reads every document again, changed or not. */
  readAgain(onEvent: Listener<IndexEvent>): Promise<void>;
  /** Embeds what the embedding model in use has no vector for, once other jobs have ended. */
  embed(onEvent: Listener<IndexEvent>): Promise<void>;
  /** Reads in a file that is locked, with its password. */
  unlockDocument(request: UnlockRequest): Promise<Unlocked>;
  /** What the vision model would be sent; nothing is sent yet. */
  recognitionPlan(request: RecognitionRequest): Promise<RecognitionPlan>;
  /** Has the pages of a plan read that the person has said yes to. */
  recognise(request: RecognitionPlan, onEvent: Listener<IndexEvent>): Promise<void>;
  /** The jobs that have not come to their end. */
  jobs(): Promise<Array<Job>>;
  /** Lets a job rest; its progress says when it does. */
  pauseJob(id: number): Promise<void>;
  resumeJob(id: number): Promise<void>;
  /** Ends a job; what it has finished is kept. */
  cancelJob(id: number): Promise<void>;
  /** Does what was left undone, compares the folders and follows them, and tells of the jobs; as long as the window is open. */
  watch(onEvent: Listener<WatchEvent>): Promise<void>;
  /** What the app was opened with, by "Open with" or on a command line, since this was last asked. */
  openedPaths(): Promise<Array<string>>;
  /** What the `footnote://` link opens that the app was opened with since this was last asked. */
  openedLink(): Promise<LinkTarget | null>;
  /** What a person who sees the library for the first time may ask it. */
  suggestions(): Promise<Array<Suggestion>>;
  search(request: SearchRequest): Promise<SearchResponse>;
  /** Why a search found pages, or did not. */
  explain(request: ExplainRequest): Promise<Explanation>;
  ask(request: AskRequest, onEvent: Listener<AnswerEvent>): Promise<void>;
  /** Ends the search, answer or second opinion that was asked for with this id; what has come of an answer is kept. */
  stop(id: string): Promise<void>;
  picture(request: PictureRequest): Promise<Picture>;
  /** Keeps with a stored answer whether one of its citations was right. */
  markCitation(request: MarkRequest): Promise<void>;
  /** Has a chat model look at the citations of a stored answer once more. */
  secondOpinion(request: OpinionRequest): Promise<SecondOpinion>;
  conversations(request: ConversationsRequest): Promise<Array<ConversationSummary>>;
  conversation(id: number): Promise<ConversationView>;
  renameConversation(request: RenameRequest): Promise<void>;
  deleteConversation(id: number): Promise<void>;
  /** A conversation as a file for elsewhere. */
  exportConversation(request: ExportRequest): Promise<Export>;
  /** Writes a conversation to a file that the person chooses. */
  saveConversation(request: ExportRequest): Promise<void>;
  /** The embeddings that are kept, by their models. */
  embeddings(): Promise<Array<Embeddings>>;
  /** What it takes to embed the library with a model; no text of it is sent. */
  embeddingPlan(request: EmbeddingPlanRequest): Promise<EmbeddingPlan>;
  /** Has the library searched by embeddings that are kept, at once. */
  useEmbeddings(id: number): Promise<void>;
  /** Forgets embeddings that the library is not searched by. */
  dropEmbeddings(id: number): Promise<void>;
  settings(): Promise<SettingsView>;
  /** Puts an endpoint in force, or the built-in models. */
  changeSettings(request: EndpointRequest): Promise<SettingsView>;
  /** Finds out what an endpoint can do, without putting it in force. */
  tryEndpoint(request: EndpointRequest): Promise<EndpointCheck>;
  /** The servers of models that run on this computer; they are asked for their lists, and nothing else is sent. */
  localServers(): Promise<Array<LocalServer>>;
  /** The models that run on this computer, and those that can be installed. No hub is asked. */
  localModels(): Promise<LocalModels>;
  /** Fetches a model from a hub and installs it, after the person has said yes. It is stopped by its id. */
  installModel(request: InstallRequest, onEvent: Listener<InstallEvent>): Promise<void>;
  /** Installs the model of a folder, and gives what it is called by. */
  importModel(folder: string): Promise<string>;
  /** Takes an installed model off this computer, and what has been fetched of one. */
  removeModel(id: string): Promise<void>;
  /** Has a model on this computer serve its role, in the place of an endpoint's. */
  useModel(id: string): Promise<void>;
  /** Writes a backup of library, conversations and settings. It is stopped by its id. */
  backUp(request: BackupRequest, onEvent: Listener<BackupEvent>): Promise<void>;
  /** Puts a backup in the place of library, conversations and settings, after the person has said yes. It is stopped by its id. */
  restore(request: BackupRequest, onEvent: Listener<BackupEvent>): Promise<void>;
  /** Looks the library through and mends what is wrong with it. */
  examine(onEvent: Listener<ExaminationEvent>): Promise<void>;
  /** What left this computer: sums by day, and so many of the last requests. */
  ledger(last: number): Promise<Ledger>;
  endpointModels(request: EndpointRequest): Promise<Array<ModelChoice>>;
  page(request: PageRequest): Promise<PageView>;
  /** The file of a document of the library; of nothing else. */
  documentBytes(documentId: number): Promise<ArrayBuffer>;
  /** The password of a locked document, where it is known. */
  documentPassword(documentId: number): Promise<string | null>;
  /** Opens the file in its own program, at the page where that program can. */
  openDocument(documentId: number, page?: number): Promise<void>;
  /** Opens the folder that the file lies in. */
  showInFolder(documentId: number): Promise<void>;
}

/** The commands by way of a carrier. */
export function commands({ call, stream, bytes }: Carrier): Commands {
  return {
    status: () => call("status", {}),
    documents: (since) => call("documents", {since}),
    folders: () => call("folders", {}),
    remove: (request) => call("remove", {request}),
    add: (request, onEvent) => stream("add", {request}, onEvent),
    addSample: (onEvent) => stream("add_sample", {}, onEvent),
    sync: (onEvent) => stream("sync", {}, onEvent),
    readAgain: (onEvent) => stream("read_again", {}, onEvent),
    embed: (onEvent) => stream("embed", {}, onEvent),
    unlockDocument: (request) => call("unlock_document", {request}),
    recognitionPlan: (request) => call("recognition_plan", {request}),
    recognise: (request, onEvent) => stream("recognise", {request}, onEvent),
    jobs: () => call("jobs", {}),
    pauseJob: (id) => call("pause_job", {id}),
    resumeJob: (id) => call("resume_job", {id}),
    cancelJob: (id) => call("cancel_job", {id}),
    watch: (onEvent) => stream("watch", {}, onEvent),
    openedPaths: () => call("opened_paths", {}),
    openedLink: () => call("opened_link", {}),
    suggestions: () => call("suggestions", {}),
    search: (request) => call("search", {request}),
    explain: (request) => call("explain", {request}),
    ask: (request, onEvent) => stream("ask", {request}, onEvent),
    stop: (id) => call("stop", {id}),
    picture: (request) => call("picture", {request}),
    markCitation: (request) => call("mark_citation", {request}),
    secondOpinion: (request) => call("second_opinion", {request}),
    conversations: (request) => call("conversations", {request}),
    conversation: (id) => call("conversation", {id}),
    renameConversation: (request) => call("rename_conversation", {request}),
    deleteConversation: (id) => call("delete_conversation", {id}),
    exportConversation: (request) => call("export_conversation", {request}),
    saveConversation: (request) => call("save_conversation", {request}),
    embeddings: () => call("embeddings", {}),
    embeddingPlan: (request) => call("embedding_plan", {request}),
    useEmbeddings: (id) => call("use_embeddings", {id}),
    dropEmbeddings: (id) => call("drop_embeddings", {id}),
    settings: () => call("settings", {}),
    changeSettings: (request) => call("change_settings", {request}),
    tryEndpoint: (request) => call("try_endpoint", {request}),
    localServers: () => call("local_servers", {}),
    localModels: () => call("local_models", {}),
    installModel: (request, onEvent) => stream("install_model", {request}, onEvent),
    importModel: (folder) => call("import_model", {folder}),
    removeModel: (id) => call("remove_model", {id}),
    useModel: (id) => call("use_model", {id}),
    backUp: (request, onEvent) => stream("back_up", {request}, onEvent),
    restore: (request, onEvent) => stream("restore", {request}, onEvent),
    examine: (onEvent) => stream("examine", {}, onEvent),
    ledger: (last) => call("ledger", {last}),
    endpointModels: (request) => call("endpoint_models", {request}),
    page: (request) => call("page", {request}),
    documentBytes: (documentId) => bytes("document_bytes", {documentId}),
    documentPassword: (documentId) => call("document_password", {documentId}),
    openDocument: (documentId, page) => call("open_document", {documentId, page}),
    showInFolder: (documentId) => call("show_in_folder", {documentId}),
  };
}
