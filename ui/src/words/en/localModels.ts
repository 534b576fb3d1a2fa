import type { LocalModelError } from "../../api/LocalModelError";
import type { Sentences } from "../coded";
import { ofCall } from "./calls";

const at = (call: string | null) => (call === null ? "" : ` (${call})`);

/** What went wrong with a model of this computer, or with installing one. */
export const localModels: Sentences<LocalModelError> = {
  "model-unreadable": ({ file, detail }) =>
    `${file} of the model cannot be read (${detail}). Install the model again.`,
  "model-damaged": ({ file }) =>
    `${file} of the model is damaged: its checksum is another. Install the model again.`,
  "model-undescribed": ({ file, detail }) =>
    `${file} describes no model that this version of Footnote can run: ${detail}. Choose another one.`,
  "model-of-other-kind": ({ model }) => `The model ${model} is not made for this. Choose another one.`,
  "model-not-loaded": ({ model, detail }) =>
    `The model ${model} cannot be loaded: ${detail}. Choose another model.`,
  "model-failed": ({ model, detail }) => `The model ${model} cannot be run: ${detail}. Choose another model.`,
  "model-stopped": () => "The model was stopped. Try again.",
  "no-place-for-models": () =>
    "The system names no folder for Footnote's data. Name one for models in FOOTNOTE_MODELS.",
  "not-on-hub": ({ host, call }) =>
    `${host} does not have the model, or not for everybody${at(call)}. Name another hub in HF_ENDPOINT.`,
  "no-hub": ({ host, call }) =>
    `${host} does not answer as a model hub does${at(call)}. Check the address in HF_ENDPOINT.`,
  "hub-failed": (call) =>
    `${ofCall(call)} What has been fetched of the model is kept, and not fetched again.`,
  "model-file-missing": ({ file, place }) =>
    `${place} has no ${file}. Footnote runs models that are there as ONNX, with their tokenizer: choose another one.`,
  "model-file-length": ({ file, expected, received }) =>
    `${file} has ${received} bytes, and the hub says ${expected}. It was thrown away: try again, or name another hub in HF_ENDPOINT.`,
  "model-file-checksum": ({ file }) =>
    `${file} is damaged: its checksum is not the hub's. It was thrown away: try again, or name another hub in HF_ENDPOINT.`,
  "model-not-installed": ({ model }) => `${model} is no model that was installed.`,
  "model-not-offered": ({ model, offered }) =>
    `There is no model ${model} to install. There are: ${offered.join(", ")}.`,
  "model-not-here": ({ model }) => `${model} is not on this computer. Install it first, then use it.`,
  "model-busy": ({ model }) =>
    `${model} is being installed by another Footnote. Wait until it is, or stop it there.`,
  "model-without-length": ({ file }) =>
    `${file} does not say how much the model reads, so that Footnote cannot run it. Choose another one.`,
  "model-of-many-classes": ({ file }) =>
    `By ${file} the model tells more than two classes apart: it grades no passages. Choose another one.`,
  "model-part-unknown": ({ file, part }) =>
    `${file} names ${part}, which this version of Footnote does not compute. Choose another model.`,
  "model-file": ({ file, detail }) =>
    `${file} cannot be read or written: ${detail}. Look whether it is there, and whether there is room.`,
  "installation-crashed": () => "The installation ended in the midst of its work. Try again.",
};
