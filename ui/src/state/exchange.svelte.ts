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

  readonly isPending = $derived(this.answer === null && this.error === null);

  /** The cited documents, by their ids, that have changed or gone since the answer. */
  changedSources = $state.raw<number[]>([]);
  pictures = $state.raw<Picture[]>([]);
  /** What a model thinks of the citations, where it was asked. */
  secondOpinion = $state.raw<SecondOpinion | null>(null);

  constructor(question: string) {
    this.question = question;
  }

  /** As it was kept. */
  static of({ answer, changed_sources, pictures }: StoredAnswer): Exchange {
    const exchange = new Exchange(answer.question);
    exchange.take([{ event: "done", answer }]);
    exchange.changedSources = changed_sources;
    exchange.pictures = pictures;
    return exchange;
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
      case "done":
        this.answer = event.answer;
        this.standalone = event.answer.standalone;
        this.text = event.answer.answer;
        this.citations = event.answer.citations;
        this.uncited = event.answer.uncited;
        this.passages = event.answer.passages;
        this.error = event.answer.error;
        this.secondOpinion = event.answer.second_opinion;
        break;
      case "error":
        this.error = event.error;
        break;
    }
  }
}
