import type { SystemError } from "../../api/SystemError";
import type { Sentences } from "../coded";

/** What is wrong with the settings or the system. */
export const system: Sentences<SystemError> = {
  "settings-not-written": ({ file, detail }) =>
    `The settings could not be written to ${file}: ${detail}. Look whether there is room and leave to write.`,
  "settings-unusable": ({ file, detail }) =>
    `The settings in ${file} cannot be used: ${detail}. Correct the file or delete it.`,
  "endpoint-settings-unusable": ({ detail }) =>
    `The settings of the endpoint cannot be used: ${detail}. Correct settings.json or delete it.`,
  "unknown-preset": ({ detail }) =>
    `There is no such preset: ${detail}. Name one of them, or the endpoint's address.`,
  "unknown-opinion-time": ({ detail }) =>
    `It cannot be told when to ask for a second opinion: ${detail}. Name one of them.`,
  "no-home": () =>
    "The system names no home folder. Say where the library is in the variable FOOTNOTE_LIBRARY.",
  "program-unknown": ({ detail }) =>
    `The system does not tell where Footnote's program is: ${detail}. Install Footnote again.`,
  "sample-missing": () => "The sample that comes with Footnote was not found. Install Footnote again.",
  "not-written": ({ path, detail }) => `${path} could not be written: ${detail}. Choose another place.`,
  "not-opened": ({ path, detail }) =>
    `${path} could not be opened: ${detail}. Look whether it is still there and a program is set for its kind.`,
  "no-save-dialog": () => "A browser saves a conversation itself. Use the desktop app.",
};
