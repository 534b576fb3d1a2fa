import type { Answer } from "../api/Answer";
import type { AnswerEvent } from "../api/AnswerEvent";
import type { ApiError } from "../api/ApiError";
import type { Citation } from "../api/Citation";
import type { Passage } from "../api/Passage";
import type { Picture } from "../api/Picture";
import type { SecondOpinion } from "../api/SecondOpinion";
import type { StoredAnswer } from "../api/StoredAnswer";
import type { TextRange } from "../api/TextRange";

/** One question and what came of it. */
export class Exchange {
  readonly question: string;
  /** The id of the one document that was asked; all of them where there is none, or where it is not known any more. */
  readonly onlyDocument: number | null;
  /** The question as it is searched for, where the conversation had to be put into it. */
  standalone = $state<string | null>(null);
  passages = $state.raw<Passage[]>([]);
  reasoning = $state("");
  text = $state("");
  citations = $state.raw<Citation[]>([]);
  /** Sentences that claim something and cite nothing. */
  uncited = $state.raw<TextRange[]>([]);
  /** There when the answer is whole, or as whole as it will get. */
  answer = $state.raw<Answer | null>(null);
  /** What kept the answer from coming, or broke it off. */
  error = $state.raw<ApiError | null>(null);

  /** Whether the answer is whole and a second opinion on it is under way. */
  isAskingOpinion = $state(false);

  readonly isPending = $derived((this.answer === null || this.isAskingOpinion) && this.error === null);

  /** The cited documents, by their ids, that have changed or gone since the answer. */
  changedSources = $state.raw<number[]>([]);
  pictures = $state.raw<Picture[]>([]);
  /** What a model thinks of the cited sentences, where it was asked. */
  secondOpinion = $state.raw<SecondOpinion | null>(null);
  /** What kept the second opinion from coming. */
  opinionError = $state.raw<ApiError | null>(null);

  constructor(question: string, onlyDocument: number | null = null) {
    this.question = question;
    this.onlyDocument = onlyDocument;
  }

  /** As it was kept. */
  static of({ answer, changed_sources, pictures }: StoredAnswer): Exchange {
    const exchange = new Exchange(answer.question);
    exchange.take([{ event: "done", answer }]);
    exchange.changedSources = changed_sources;
    exchange.pictures = pictures;
    return exchange;
  }

  cites(documentId: number, page: number): boolean {
    return this.citations.some((citation) => citation.document_id === documentId && citation.page === page);
  }

  take(events: AnswerEvent[]) {
    for (const event of events) this.#takeOne(event);
  }

  #takeOne(event: AnswerEvent) {
    switch (event.event) {
      case "standalone":
        this.standalone = event.question;
        break;
      case "passages":
        this.passages = event.passages;
        break;
      case "reasoning":
        this.reasoning += event.text;
        break;
      case "token":
        this.text += event.text;
        break;
      case "text_was_reasoning":
        this.reasoning += this.text;
        this.text = "";
        this.citations = [];
        break;
      case "citation":
        this.citations = [...this.citations, event.citation];
        break;
      case "asking_opinion":
        this.isAskingOpinion = true;
        this.#show(event.answer);
        break;
      case "no_opinion":
        this.opinionError = event.error;
        break;
      case "done":
        this.isAskingOpinion = false;
        this.#show(event.answer);
        break;
      case "error":
        this.error = event.error;
        break;
    }
  }

  #show(answer: Answer) {
    this.answer = answer;
    this.standalone = answer.standalone;
    this.text = answer.answer;
    this.citations = answer.citations;
    this.uncited = answer.uncited;
    this.passages = answer.passages;
    this.error = answer.error;
    this.secondOpinion = answer.second_opinion;
  }
}
