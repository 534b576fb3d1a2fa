import type { AnswerEvent } from "../api/AnswerEvent";
import type { Citation } from "../api/Citation";
import type { ConversationView } from "../api/ConversationView";
import type { Usage } from "../api/Usage";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import { SentenceReader } from "../text/sentenceReader";
import { words } from "../words";
import type { Announcer } from "./announcer.svelte";
import { Exchange } from "./exchange.svelte";
import { FrameBatch } from "./frameBatch";

/** Questions and answers that belong together; one answer is written at a time. */
export class Conversation {
  exchanges = $state<Exchange[]>([]);
  /** The question as it is typed. */
  draft = $state("");
  /** The path of the one document that is asked; all of them where there is none. */
  onlyDocument = $state.raw<{ id: number; path: string } | null>(null);

  readonly pending = $derived(this.exchanges.findLast((exchange) => exchange.isPending) ?? null);
  /** What all answers took together, with the orders of their passages and the second opinions on them. */
  readonly usage = $derived(
    sum(
      this.exchanges
        .flatMap(({ answer, secondOpinion }) => [
          answer?.usage,
          answer?.reranking?.usage,
          secondOpinion?.usage,
        ])
        .filter((usage) => usage !== undefined),
    ),
  );

  readonly #host: Host;
  readonly #announcer: Announcer;
  /** What the host knows the last question by. */
  #request: string | null = null;
  /** The host's name for this conversation, known from its first answer. */
  #id = $state<number | null>(null);

  get id() {
    return this.#id;
  }

  constructor(host: Host, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
  }

  /** Asks the chat model that is set, or another one of the endpoint for this once. */
  async ask(question: string, chatModel?: string) {
    const trimmed = question.trim();
    if (trimmed === "" || this.pending) return;
    const exchange = new Exchange(trimmed, this.onlyDocument?.id);
    this.exchanges.push(exchange);
    const reader = new SentenceReader();
    this.#announcer.beginReading();
    const events = new FrameBatch<AnswerEvent>((batch) => {
      exchange.take(batch);
      this.#announcer.read(reader.next(exchange.text, !exchange.isPending).map(words.answer.spoken));
    });
    const id = crypto.randomUUID();
    this.#request = id;
    const request = {
      id,
      question: trimmed,
      conversation: this.#id,
      ...(this.onlyDocument && { document_id: this.onlyDocument.id }),
      ...(chatModel && { chat_model: chatModel }),
    };
    try {
      await this.#host.ask(request, (event) => events.push(event));
      events.flush();
    } catch (reason) {
      events.flush();
      exchange.error ??= toApiError(reason);
    }
    if (this.exchanges.includes(exchange)) this.#id = exchange.answer?.conversation ?? this.#id;
    this.#announcer.endReading();
    this.#announcer.say(words.answer.ended(exchange));
  }

  /** The citations of the answer that `citation` belongs to, in their order. */
  citationsBeside(citation: Citation): Citation[] {
    const exchange = this.exchanges.find(({ citations }) => citations.includes(citation));
    return exchange?.citations.toSorted((a, b) => a.range.start - b.range.start) ?? [];
  }

  /** The answer that a page is looked at with: the last one that cites it, or else the last one that is kept. */
  answerBeside(documentId: number, page: number): Exchange | undefined {
    const kept = this.exchanges.filter(({ answer }) => answer !== null && answer.message !== 0);
    return kept.findLast((exchange) => exchange.cites(documentId, page)) ?? kept.at(-1);
  }

  /** Asks the question once more; a try that brought nothing makes room for the new one. */
  askAgain(exchange: Exchange, chatModel?: string) {
    if (exchange.text === "") this.exchanges = this.exchanges.filter((other) => other !== exchange);
    return this.ask(exchange.question, chatModel);
  }

  /** Puts a question back where it was typed, to be asked in other words. */
  edit(question: string) {
    this.draft = question;
  }

  /** Asks one document only from now on, or all of them again. */
  limitTo(document: { id: number; path: string } | null) {
    this.onlyDocument = document;
  }

  async stop() {
    if (this.#request !== null) await this.#host.stop(this.#request);
  }

  /** Goes on with a conversation that was kept. */
  async show(view: ConversationView) {
    await this.startNew();
    this.exchanges = view.answers.map((stored) => Exchange.of(stored));
    this.#id = view.id;
  }

  /** Leaves this conversation for an empty one. */
  async startNew() {
    if (this.pending) await this.stop();
    this.exchanges = [];
    this.onlyDocument = null;
    this.#id = null;
  }
}

function sum(all: Usage[]): Usage {
  const total = (of: (usage: Usage) => number | null) =>
    all.reduce((part, usage) => part + (of(usage) ?? 0), 0);
  const isCostKnown = all.some(({ estimated_cost }) => estimated_cost !== null);
  return {
    prompt_tokens: total((usage) => usage.prompt_tokens),
    completion_tokens: total((usage) => usage.completion_tokens),
    estimated_cost: isCostKnown ? total((usage) => usage.estimated_cost) : null,
    estimated: all.some(({ estimated }) => estimated),
  };
}
