import type { ApiError } from "../api/ApiError";
import type { ConversationSummary } from "../api/ConversationSummary";
import type { ExportFormat } from "../api/ExportFormat";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Conversation } from "./conversation.svelte";

const KEY = "footnote.conversation";

/** The conversations that were kept. */
export class History {
  isOpen = $state(false);
  conversations = $state.raw<ConversationSummary[] | null>(null);
  query = $state("");
  error = $state.raw<ApiError | null>(null);

  readonly #host: Host;
  readonly #conversation: Conversation;
  #lastSearch = 0;

  constructor(host: Host, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
  }

  async open() {
    this.isOpen = true;
    this.query = "";
    await this.search();
  }

  close() {
    this.isOpen = false;
  }

  /** Lists the conversations that hold the words of the query; a later search outruns an earlier one. */
  async search() {
    const search = ++this.#lastSearch;
    await this.#attempt(async () => {
      const found = await this.#host.conversations({ query: this.query.trim() || null });
      if (search === this.#lastSearch) this.conversations = found;
    });
  }

  async goOnWith(id: number) {
    await this.#attempt(async () => {
      await this.#conversation.show(await this.#host.conversation(id));
      this.close();
    });
  }

  /** Keeps which conversation is open, from one start to the next. */
  remember(id: number | null) {
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, String(id));
  }

  /** Shows the conversation that was open when the window was closed; one that is gone since is not missed. */
  async resume() {
    const id = Number(localStorage.getItem(KEY));
    if (!id) return;
    const view = await this.#host.conversation(id).catch(() => null);
    if (view) await this.#conversation.show(view);
  }

  async rename(id: number, title: string) {
    if (title.trim() === "") return;
    await this.#attempt(() => this.#host.renameConversation({ conversation: id, title }));
    await this.search();
  }

  async remove(id: number) {
    await this.#attempt(() => this.#host.deleteConversation(id));
    if (this.#conversation.id === id) await this.#conversation.startNew();
    await this.search();
  }

  async save(id: number, format: ExportFormat) {
    await this.#attempt(() => this.#host.saveConversation({ conversation: id, format }));
  }

  async #attempt(action: () => Promise<void>) {
    this.error = null;
    try {
      await action();
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }
}
