import type { LibraryError } from "../../api/LibraryError";
import type { Sentences } from "../coded";

/** Why the library could not be read or written. */
export const library: Sentences<LibraryError> = {
  "library-in-use": ({ folder, holder }) =>
    `Another Footnote${holder === null ? "" : ` (${holder})`} is changing the library in ${folder}. Let it finish or close it, then try again.`,
  "library-locked": ({ file }) => `${file} is locked by another program. Try again when that has finished.`,
  "library-read-only": ({ file }) =>
    `${file} may only be read. Change the rights of its folder, or use another library.`,
  "disk-full": ({ file }) => `No space is left to store ${file}. Free some, then try again.`,
  "library-too-new": ({ file, found, known }) =>
    `${file} was written by a newer Footnote (schema ${found}, this one knows ${known}). Install the newer one.`,
  "library-damaged": ({ file, detail }) =>
    `${file} is damaged (${detail}). Check the library, or restore a backup: both are in the list of all actions.`,
  "no-backup": ({ file }) =>
    `${file} is no backup of Footnote's. Choose a file that was written as a backup.`,
  "backup-damaged": ({ file }) =>
    `${file} is damaged: it is not what it was when the backup was made. Nothing was changed; choose another backup.`,
  "library-unusable": ({ file, detail }) => `${file} could not be used: ${detail}. Try again.`,
  "library-not-upgraded": ({ file, detail }) =>
    `${file} could not be brought to the form of this version: ${detail}. It is as it was: try again, or open it with the version that wrote it.`,
  "library-file": ({ file, detail }) =>
    `${file} could not be used: ${detail}. Check that its folder exists and may be written.`,
  "index-not-saved": ({ detail }) =>
    `The index of vectors could not be saved: ${detail}. It is built again at the next start; look whether there is room.`,
  "vector-not-taken": ({ detail }) => `A vector was not taken in: ${detail}. Index again.`,
  "server-unreachable": ({ server, detail }) =>
    `The team's library at ${server} cannot be reached: ${detail}. Check the address and the network, then try again.`,
  "server-login": ({ server, detail }) =>
    `${server} does not let you in: ${detail}. Check the member's name, the password and the database.`,
  "server-not-allowed": ({ server }) =>
    `Your role at ${server} may not do this. Ask whoever keeps the server to make you a writer.`,
  "server-too-slow": ({ server }) => `${server} took too long. Ask again, or ask in fewer folders.`,
  "server-no-pgvector": ({ server }) =>
    `${server} has no pgvector of version 0.8 or later. Have it installed, or use another server.`,
  "server-too-new": ({ server }) =>
    `The library at ${server} was changed by a newer Footnote. Install the newer one.`,
  "server-not-begun": ({ server }) =>
    `There is no library at ${server} yet, and your role may not begin one. Have its owner open it first.`,
  "own-library-only": () =>
    "Only a library on this computer can do this: a team's is backed up and mended on its server.",
  "server-refused": ({ server, detail }) => `${server} refused: ${detail}. Try again.`,
  "no-team-address": () =>
    "This is no address of a team's library. It has the form postgres://member@host/database.",
  "document-gone": () => "This document is no longer in the library.",
  "conversation-gone": () => "This conversation is no longer in the library.",
  "answer-gone": () => "This answer is no longer in the library.",
  "page-gone": ({ document, page }) => `${document} has no page ${page} any more.`,
};
