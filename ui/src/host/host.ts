import type { AddRequest } from "../api/AddRequest";
import type { AnswerEvent } from "../api/AnswerEvent";
import type { AskRequest } from "../api/AskRequest";
import type { ConversationSummary } from "../api/ConversationSummary";
import type { ConversationView } from "../api/ConversationView";
import type { ConversationsRequest } from "../api/ConversationsRequest";
import type { DocumentSummary } from "../api/DocumentSummary";
import type { EndpointCheck } from "../api/EndpointCheck";
import type { EndpointRequest } from "../api/EndpointRequest";
import type { ExportRequest } from "../api/ExportRequest";
import type { IndexEvent } from "../api/IndexEvent";
import type { LibraryStatus } from "../api/LibraryStatus";
import type { MarkRequest } from "../api/MarkRequest";
import type { ModelChoice } from "../api/ModelChoice";
import type { OpinionRequest } from "../api/OpinionRequest";
import type { PageRequest } from "../api/PageRequest";
import type { PageView } from "../api/PageView";
import type { Picture } from "../api/Picture";
import type { PictureRequest } from "../api/PictureRequest";
import type { RecognitionPlan } from "../api/RecognitionPlan";
import type { RecognitionRequest } from "../api/RecognitionRequest";
import type { RenameRequest } from "../api/RenameRequest";
import type { SearchRequest } from "../api/SearchRequest";
import type { SearchResponse } from "../api/SearchResponse";
import type { SecondOpinion } from "../api/SecondOpinion";
import type { SettingsView } from "../api/SettingsView";
import type { Unlocked } from "../api/Unlocked";
import type { UnlockRequest } from "../api/UnlockRequest";

/** Takes the events of a long command, in their order. */
export type Listener<Event> = (event: Event) => void;

/** What happens while something is dragged over the window and let go. */
export interface DropHandler {
  over(paths: string[]): void;
  leave(): void;
  drop(paths: string[]): void;
}

/**
 * All that the window may ask of what it runs in.
 *
 * Every failed command rejects with an `ApiError`. A command with events resolves after its last event.
 */
export interface Host {
  status(): Promise<LibraryStatus>;
  documents(): Promise<DocumentSummary[]>;
  add(request: AddRequest, onEvent: Listener<IndexEvent>): Promise<void>;
  /** What the app was opened with, by "Open with" or on a command line, since this was last asked. */
  openedPaths(): Promise<string[]>;
  /** Calls when the app has been opened with something once more; returns what ends the listening. */
  onOpened(handler: () => void): () => void;
  addSample(onEvent: Listener<IndexEvent>): Promise<void>;
  sync(onEvent: Listener<IndexEvent>): Promise<void>;
  /** Reads in a file that is locked, with its password. */
  unlockDocument(request: UnlockRequest): Promise<Unlocked>;
  /** What the vision model would be sent; nothing is sent yet. */
  recognitionPlan(request: RecognitionRequest): Promise<RecognitionPlan>;
  /** Has the pages of a plan read that the person has said yes to. */
  recognise(request: RecognitionPlan, onEvent: Listener<IndexEvent>): Promise<void>;
  cancelIndexing(): Promise<void>;
  /** Lets indexing rest; the progress says when it does. */
  pauseIndexing(): Promise<void>;
  resumeIndexing(): Promise<void>;
  search(request: SearchRequest): Promise<SearchResponse>;
  ask(request: AskRequest, onEvent: Listener<AnswerEvent>): Promise<void>;
  stopAnswer(): Promise<void>;
  picture(request: PictureRequest): Promise<Picture>;
  /** Keeps with a stored answer whether one of its citations was right. */
  markCitation(request: MarkRequest): Promise<void>;
  /** Has a chat model look at the citations of a stored answer once more. */
  secondOpinion(request: OpinionRequest): Promise<SecondOpinion>;
  conversations(request: ConversationsRequest): Promise<ConversationSummary[]>;
  conversation(id: number): Promise<ConversationView>;
  renameConversation(request: RenameRequest): Promise<void>;
  deleteConversation(id: number): Promise<void>;
  /** Writes a conversation to a file that the person chooses. */
  saveConversation(request: ExportRequest): Promise<void>;
  settings(): Promise<SettingsView>;
  /** Puts an endpoint in force, or the built-in models. */
  changeSettings(request: EndpointRequest): Promise<SettingsView>;
  /** Finds out what an endpoint can do, without putting it in force. */
  tryEndpoint(request: EndpointRequest): Promise<EndpointCheck>;
  endpointModels(request: EndpointRequest): Promise<ModelChoice[]>;
  page(request: PageRequest): Promise<PageView>;
  /** The file of a document of the library; of nothing else. */
  documentBytes(documentId: number): Promise<ArrayBuffer>;
  /** The password of a locked document, where it is known. */
  documentPassword(documentId: number): Promise<string | null>;
  /** Opens the file in its own program, at the page where that program can. */
  openDocument(documentId: number, page?: number): Promise<void>;
  /** Opens the folder that the file lies in. */
  showInFolder(documentId: number): Promise<void>;
  /** Paths that the person picked; empty where they picked none. */
  pickFolder(): Promise<string[]>;
  pickFiles(): Promise<string[]>;
  /** Returns what ends the listening. */
  onDrop(handler: DropHandler): () => void;
}

/** Whether nothing follows this event. */
export function isLast(event: AnswerEvent | IndexEvent): boolean {
  return event.event === "done" || event.event === "error" || event.event === "finished";
}
