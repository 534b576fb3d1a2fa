import type { RequestError } from "../../api/RequestError";
import type { Sentences } from "../coded";

/** What is wrong with what was asked for. */
export const requests: Sentences<RequestError> = {
  "question-empty": () => "The question is empty. Type what you want to know.",
  "query-empty": () => "The query is empty. Type some words to search for.",
  "search-stopped": () => "The search was stopped.",
  "opinion-stopped": () => "The second opinion was stopped.",
  "nothing-cited": () => "This answer cites nothing that could be checked.",
  "no-such-citation": ({ citations }) => `This answer has ${citations} citation(s).`,
  "unlocking-stopped": () => "Reading was cancelled. Unlock the file again.",
  "no-such-path": ({ path, detail }) => `${path} cannot be opened: ${detail}. Check the path.`,
  "not-in-library": ({ path }) => `${path} is not in the library. Check its name, or add it first.`,
  "file-unreadable": ({ path, detail }) =>
    `${path} cannot be read: ${detail}. Look whether the file is still there.`,
  "no-such-document": ({ name }) =>
    `No document is called “${name}”. Look for its name in the list of documents, or leave it out.`,
  "several-documents": ({ name }) =>
    `Several documents are called “${name}”. Give the whole path of the one that you mean.`,
  "not-a-link": () => "This is no link to a document: one begins with footnote:/// and the document's path.",
  "no-such-folder": ({ folder }) => `There are no documents in ${folder}. Check the path, or add the folder.`,
  "no-such-folder-name": ({ name }) => `No folder with documents is called “${name}”.`,
  "no-such-type": ({ name }) => `No document's file name ends with “.${name}”.`,
  "no-date": ({ date }) =>
    `“${date}” is no date. Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.`,
  "vision-model-changed": ({ model, host, model_now, host_now }) =>
    `The pages were to be read by ${model} at ${host}, and now ${model_now} at ${host_now} is set. Look again at what would be sent.`,
  "no-vision-model": () => "No vision model is set. Name one in the settings, with its endpoint.",
  "no-image-model": () => "No image model is set. Name one in the settings, with its endpoint.",
  "no-picture": () => "The endpoint made no picture. Try again.",
  "no-judge": () => "The built-in model has no opinion. Set an endpoint or install a model that judges.",
  "no-endpoint": () => "There is no endpoint to try. Name its address.",
  "unknown-command": ({ name }) => `Footnote has no command ${name}. Install its newest version.`,
  "other-arguments": ({ name, detail }) => `${name} was called with other arguments: ${detail}.`,
  "embeddings-not-kept": () =>
    "There are no such embeddings, or an older version made them and did not note where their model is.",
  "embeddings-in-use": () => "The library is searched by these embeddings. Choose others first.",
  "job-gone": () => "This work has ended already.",
  "indexing-crashed": () =>
    "Indexing stopped because of a fault in Footnote. The documents finished until then are kept; try again.",
  "search-crashed": () => "The search stopped because of a fault in Footnote. Try again.",
};
