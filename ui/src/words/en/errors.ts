import type { ApiError } from "../../api/ApiError";
import type { ErrorMessage } from "../../api/ErrorMessage";
import type { Instead } from "../../api/Instead";
import { said, type Sentences } from "../coded";
import { ofCall } from "./calls";
import { library } from "./library";
import { localModels } from "./localModels";
import { requests } from "./requests";
import { system } from "./system";
import { unread } from "./unread";

/** Goes on after the model's name. */
const instead = {
  nothing: "ended its answer before it wrote a word. Ask again; if it stays silent, choose another model.",
  thinking: "thought, but wrote no answer. Ask again, or choose another model.",
  "all-tokens":
    "used up its tokens before it wrote an answer. Choose a model that thinks less, or one with a larger context.",
  "tool-call":
    "asked for a tool in place of answering. Choose another model, or turn its tools off at the endpoint.",
} satisfies Record<Instead, string>;

const messages: Sentences<Exclude<ErrorMessage, string>> = {
  ...unread,
  ...library,
  ...localModels,
  ...requests,
  ...system,
  fault: () => "Footnote hit a fault of its own. Close it and open it again.",
  endpoint: ofCall,
  "model-crashed": () => "A model in this process ended in the midst of its work. Try again.",
  "dimensions-changed": ({ model, expected, received }) =>
    `The embedding model ${model} gave vectors of ${expected} numbers before and gives ${received} now. Probably the endpoint serves another model under its name: check the endpoint, then index again.`,
  "cut-off": ({ model }) => `${model} did not write the page to its end. Choose a model that writes more.`,
  "no-answer": ({ model, instead: came }) => `${model} ${instead[came]}`,
  filtered: ({ model }) =>
    `The endpoint's content filter ended what ${model} wrote. Ask in other words, or choose another model.`,
  declined: ({ model, said: words }) =>
    `${model} declined to answer. Ask in other words, or choose another model. It says: “${words}”`,
  "zero-vector": ({ model }) =>
    `The embedding model ${model} gave a vector of zeros. Probably it is no embedding model: choose another.`,
  "model-unusable": ({ error }) => `The model was thrown away, for it does not work: ${ofMessage(error)}`,
  "page-not-read": ({ path, page, error }) => `Page ${page} of ${path} was not read: ${ofMessage(error)}`,
};

/** What happened, to which file or call, and what to do next. */
export function ofMessage(message: ErrorMessage): string {
  return said(messages, message);
}

export const ofError = ({ message }: ApiError) => ofMessage(message);
