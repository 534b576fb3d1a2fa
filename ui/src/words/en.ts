import type { Answer } from "../api/Answer";
import type { ApiError } from "../api/ApiError";
import type { AwayFolder } from "../api/AwayFolder";
import type { Citation } from "../api/Citation";
import type { ConversationSummary } from "../api/ConversationSummary";
import type { Coverage } from "../api/Coverage";
import type { DocumentSummary } from "../api/DocumentSummary";
import type { EmbeddingPlan } from "../api/EmbeddingPlan";
import type { Embeddings } from "../api/Embeddings";
import type { EndpointCheck } from "../api/EndpointCheck";
import type { ErrorCode } from "../api/ErrorCode";
import type { FactPlace } from "../api/FactPlace";
import type { IndexProgress } from "../api/IndexProgress";
import type { IndexSummary } from "../api/IndexSummary";
import type { JobWork } from "../api/JobWork";
import type { KeyPlace } from "../api/KeyPlace";
import type { LibraryStatus } from "../api/LibraryStatus";
import type { LocalModel } from "../api/LocalModel";
import type { LocalServer } from "../api/LocalServer";
import type { ModelInfo } from "../api/ModelInfo";
import type { Nothing } from "../api/Nothing";
import type { NothingReason } from "../api/NothingReason";
import type { Opinion } from "../api/Opinion";
import type { Passage } from "../api/Passage";
import type { PassedOver } from "../api/PassedOver";
import type { RecognitionPlan } from "../api/RecognitionPlan";
import type { Removed } from "../api/Removed";
import type { Role } from "../api/Role";
import type { SearchResponse } from "../api/SearchResponse";
import type { SecondOpinion } from "../api/SecondOpinion";
import type { SecondOpinions } from "../api/SecondOpinions";
import type { Fit } from "../pdf/reader";
import type { Order } from "../state/documentTree";
import { hosts } from "../state/hosts";
import type { Fetched } from "../state/installing.svelte";
import type { Pace } from "../state/pace";
import type { Suggestion } from "../api/Suggestion";
import type { Support } from "../api/Support";
import type { Usage } from "../api/Usage";
import type { Wording } from "../api/Wording";
import type { Alarm } from "../text/facts";
import { care } from "./en/care";
import { ofError, ofMessage } from "./en/errors";
import { explaining } from "./en/explaining";
import { ofReason, ofWarning } from "./en/files";
import { ledger } from "./en/ledger";
import { pageRanges } from "../text/pageRanges";
import { fileName } from "../text/paths";

/** What is said of an answer when it has come. */
interface Ending {
  answer: Answer | null;
  error: ApiError | null;
  citations: Citation[];
}

const number = new Intl.NumberFormat("en");
const dollars = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumSignificantDigits: 3,
});
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const sizes = ["kilobyte", "megabyte", "gigabyte"].map(
  (unit) => new Intl.NumberFormat("en", { style: "unit", unit, maximumSignificantDigits: 3 }),
);
const language = new Intl.DisplayNames("en", { type: "language" });
const megabytes = new Intl.NumberFormat("en", {
  style: "unit",
  unit: "megabyte",
  maximumFractionDigits: 0,
});
const list = new Intl.ListFormat("en", { type: "conjunction" });

const does: Record<Role, string> = {
  embed: "Finds by meaning",
  write: "Writes",
  rerank: "Puts passages in order",
  read_pages: "Reads scanned pages",
  make_pictures: "Makes pictures",
  judge: "Has the second opinion",
};

function count(amount: number, one: string, many: string): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`;
}

const files = (amount: number) => count(amount, "file", "files");
const documents = (amount: number) => count(amount, "document", "documents");
const chunks = (amount: number) => count(amount, "chunk", "chunks");
const milliseconds = (amount: number) => `${number.format(Math.round(amount))} ms`;
const pages = (amount: number) => count(amount, "page", "pages");
/** By what is printed on it, with its place in the file where that is another. */
const page = (at: number, label: string | undefined) =>
  label === undefined ? `page ${number.format(at)}` : `page ${label} (PDF page ${number.format(at)})`;
const tokens = ({ estimated, prompt_tokens, completion_tokens }: Usage) =>
  `${estimated ? "about " : ""}${number.format(prompt_tokens)} read, ${number.format(completion_tokens)} written`;

function duration(seconds: number): string {
  if (seconds < 10) return "a few seconds";
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} seconds`;
  if (seconds < 50 * 60) return `about ${count(Math.max(1, Math.round(seconds / 60)), "minute", "minutes")}`;
  return `about ${count(Math.round(seconds / 3600), "hour", "hours")}`;
}

export const en = {
  app: {
    name: "Footnote",
    close: "Close",
    opening: "Opening your library…",
    tryAgain: "Try again",
    dismiss: "Dismiss",
    cancel: "Cancel",
  },

  privacy: {
    line: (models: LibraryStatus["models"]) => {
      const reader = models.read_pages?.host;
      const pictures = reader ? ` Pictures of pages go to ${reader} after you agree.` : "";
      const places = hosts(models);
      if (places.length === 0) return `Nothing leaves this computer.${pictures}`;
      const goes = `Text of your documents and your questions goes to ${list.format(places)}`;
      return `${goes}, and nowhere else.${pictures}`;
    },
  },

  welcome: {
    heading: "Answers from your own documents, with true footnotes",
    lead: "Drop a folder anywhere on this window, or choose one. Then ask: every sentence of an answer opens the page it comes from.",
    reading: "Reading your documents",
    readingLead: "You can ask as soon as the first ones are in.",
    addFolder: "Choose a folder…",
    addSample: "Try the sample library",
    formats:
      "PDF, Word, Excel, PowerPoint, e-mail, books, web pages, Markdown, text and many more. Files are read where they are; nothing is copied or changed.",
  },

  library: {
    heading: "Library",
    fold: "Hide the library",
    unfold: "Show the library",
    resize: "Width of the library",
    addFolder: "Add folder",
    addFiles: "Add files",
    sync: "Look for changes",
    counts: (amount: number, pageCount: number) => `${documents(amount)} · ${pages(pageCount)}`,
    wordsAlone:
      "Searched by words only: the embedding model is missing. Install Footnote again, or connect one.",
    unembedded: (amount: number, former: string | null) =>
      former === null
        ? `${count(amount, "passage is", "passages are")} found by words only: the embedding model has not read ${amount === 1 ? "it" : "them"} yet.`
        : `Searched by ${former} until the new embedding model has read ${count(amount, "more passage", "more passages")}.`,
    embed: "Let it read them",
    documents: "Documents",
    filter: "Filter documents",
    order: "Order of the documents",
    orders: {
      name: "Name",
      date: "Newest",
      size: "Size",
      pages: "Pages",
      state: "State",
    } satisfies Record<Order, string>,
    size: (bytes: number) => {
      const power = Math.min(3, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
      return sizes[power - 1]?.format(bytes / 1000 ** power) ?? "";
    },
    changed: (seconds: number) => day.format(seconds * 1000),
    file: ({ path, size, modified_at }: DocumentSummary) =>
      `${path}\n${en.library.size(size)}, changed ${en.library.changed(modified_at)}`,
    incomplete: (amount: number) => `${documents(amount)} ${amount === 1 ? "was" : "were"} not read in full.`,
    showIncomplete: "Show first",
    noMatch: "No document matches.",
    singleFiles: "Single files",
    otherFailures: "Could not be read",
    groupCount: (amount: number, failed: number) =>
      failed === 0 ? number.format(amount) : `${number.format(amount)}, ${number.format(failed)} failed`,
    pages,
    notRead: "not read",
    reason: ofReason,
    warning: ofWarning,
    notes: (amount: number, file: string) => `${count(amount, "note", "notes")} on ${file}`,
    retry: "Try again",
    emptyFolder: "empty",
    away: "Away: emptied, or its drive is not connected",
    empty: "Nothing here yet.",
    readAgain: "Read every document again",
    compared: (folders: string[]) =>
      `The system does not watch ${list.format(folders.map(fileName))}: what changes there is found once a minute.`,
  },

  indexing: {
    region: "Indexing",
    started: "Reading your documents.",
    stage: (progress: IndexProgress): string =>
      progress.paused ? `Paused: ${en.indexing.work(progress)}` : en.indexing.work(progress),
    work: (progress: IndexProgress): string =>
      ({
        walking:
          progress.files_done === 0
            ? "Looking for files…"
            : `${files(progress.files_done)} read, looking for more…`,
        reading: `Reading ${number.format(progress.files_done)} of ${files(progress.files_total)}`,
        recognising: `${number.format(progress.pages_recognised)} of ${pages(progress.pages_to_recognise)} read off pictures`,
        embedding: `Embedding ${number.format(progress.chunks_done)} of ${chunks(progress.chunks_total)}`,
        saving: "Saving the index…",
      })[progress.stage],
    detail: (progress: IndexProgress, pace: Pace | null) =>
      [
        pace?.secondsLeft != null &&
          (progress.stage === "reading"
            ? `all read in ${duration(pace.secondsLeft)}`
            : `${duration(pace.secondsLeft)} left`),
        progress.pages > 0 && pages(progress.pages),
        pace !== null &&
          pace.pagesPerSecond >= 1 &&
          `${number.format(Math.round(pace.pagesPerSecond))} a second`,
        progress.files_failed > 0 && `${number.format(progress.files_failed)} failed`,
        progress.waiting !== null && "waiting for the endpoint",
      ]
        .filter(Boolean)
        .join(" · "),
    current: (file: string) => `Now: ${file}`,
    pause: "Pause",
    resume: "Go on",
    cancel: "Cancel",
    cancelling: "Cancelling…",
    goOn: "Go on",
    outcome: (summary: IndexSummary): string => {
      const done = [
        summary.added > 0 && `${documents(summary.added)} added`,
        summary.updated > 0 && `${number.format(summary.updated)} updated`,
        summary.moved > 0 && `${number.format(summary.moved)} moved`,
        summary.removed > 0 && `${number.format(summary.removed)} removed`,
        summary.failures.length > 0 && `${number.format(summary.failures.length)} could not be read`,
        summary.unread_pages.length > 0 && `${pages(summary.unread_pages.length)} not read off pictures`,
      ].filter((part) => part !== false);
      const rest =
        summary.chunks > 0 ? `${number.format(summary.chunks)} passages embedded` : "nothing has changed";
      const what = done.length === 0 ? rest : list.format(done);
      const ending = {
        completed: `Done: ${what}.`,
        cancelled: `Cancelled. What was finished is kept: ${what}.`,
        failed: `Stopped early. What was finished is kept: ${what}.`,
      }[summary.outcome];
      if (summary.shortened === 0) return ending;
      return `${ending} Of ${number.format(summary.shortened)} passages the embedding model read the beginning only.`;
    },
    passedOver: (amount: number) =>
      `${count(amount, "file or folder", "files and folders")} ${amount === 1 ? "was" : "were"} passed over`,
    ofKind: ({ kind, files: amount }: PassedOver): string => {
      if (kind === "link") return count(amount, "link", "links");
      if (kind === "no_extension") return `${number.format(amount)} without an extension`;
      if (kind === "hidden") return `${number.format(amount)} hidden`;
      if (kind === "of_programs") return `${number.format(amount)} of other programs`;
      if (kind === "ignored") return `${number.format(amount)} by a .footnoteignore or .gitignore`;
      return `${number.format(amount)} .${kind.extension}`;
    },
    away: ({ folder, documents: amount }: AwayFolder) =>
      `${folder} holds nothing to read: it was emptied, or its drive is not connected. Its ${documents(amount)} ${amount === 1 ? "stays" : "stay"} in the library.`,
  },

  embeddings: {
    heading: "Embeddings that are kept",
    facts: ({ host, vectors, missing, bytes }: Embeddings) =>
      [
        host ?? "on this computer",
        count(vectors, "vector", "vectors"),
        missing > 0 && `${count(missing, "passage", "passages")} without`,
        en.library.size(bytes),
      ]
        .filter(Boolean)
        .join(" · "),
    searched: "searched by",
    use: "Search by these",
    drop: "Drop",
    plan: ({ model, host, texts, tokens, cost, seconds }: EmbeddingPlan) =>
      [
        `${count(texts, "passage is", "passages are")} to be embedded with ${model} ${host ? `at ${host}` : "on this computer"}`,
        `about ${number.format(tokens)} tokens`,
        cost !== null && `about ${dollars.format(cost)}`,
        `${duration(seconds)}.`,
      ]
        .filter(Boolean)
        .join(", "),
    meanwhile: ({ searched_by }: EmbeddingPlan) =>
      searched_by === null
        ? "Until then words alone are searched."
        : `Until then the library is searched by ${searched_by}, whose embeddings are kept.`,
    go: "Change and embed",
  },

  jobs: {
    others: "Other work",
    work: (work: JobWork): string => {
      if (work === "read_again") return "Read every document again";
      if (work === "embed") return "Embed with another model";
      if (work === "unknown") return "Work of a later version of Footnote";
      if ("recognise" in work) return `Read pictures of pages in ${documents(work.recognise)}`;
      if ("add" in work) return `Add ${list.format(work.add.map(fileName))}`;
      return work.sync.length === 0
        ? "Look at the folders again"
        : `Look at ${list.format(work.sync.map(fileName))} again`;
    },
    state: {
      waiting: "waits",
      running: "is under way",
      elsewhere: "is done by another Footnote",
      paused: "paused",
      left: "was left undone",
    },
    act: (act: string, job: string) => `${act}: ${job}`,
  },

  recognition: {
    read: (model: string) => `Read with ${model}…`,
    heading: "Read pages that are pictures",
    all: "Read pages that are pictures…",
    looking: "Looking which pages are pictures…",
    lead: ({ model, host }: RecognitionPlan, amount: number) =>
      amount === 0
        ? "All of these pages have been read already; nothing is sent."
        : `${pages(amount)} would be sent to ${host} as ${amount === 1 ? "a picture" : "pictures"}, to be read by ${model}:`,
    pages: (numbers: number[]) =>
      numbers.length === 0
        ? "read already"
        : `${numbers.length === 1 ? "page" : "pages"} ${pageRanges(numbers)}`,
    kept: "What comes back is kept: no page is sent twice. A model may misread a page.",
    agree: (amount: number) => (amount === 0 ? "Take in" : `Send ${pages(amount)}`),
  },

  removing: {
    open: "Remove from the library…",
    named: (name: string) => `Remove ${name} from the library…`,
    heading: "Remove from the library",
    document: (name: string) => `${name} will no longer be searched, until it is added again.`,
    folder: (name: string, amount: number) =>
      amount === 0
        ? `${name} will no longer be looked at, until it is added again. There are no documents in it.`
        : `${name} with its ${documents(amount)} will no longer be searched, until it is added again.`,
    stays: "Nothing on disk is touched: all files stay where they are.",
    wait: "Documents are being read now. Wait until that is done, or cancel it.",
    remove: "Remove",
    removing: "Removing…",
    done: ({ documents: amount }: Removed) => `${documents(amount)} taken out of the library.`,
  },

  unlocking: {
    enter: "Enter password…",
    heading: "Open a locked file",
    lead: (file: string) => `${file} can be read with its password only.`,
    password: "Password",
    remember: "Remember it in the system's keychain",
    open: "Open",
    trying: "Opening…",
    wrong: "This is not the password.",
    forgotten:
      "The file is open. Its password could not be kept, as this system's keychain cannot be used: it is asked for again when the file has changed.",
  },

  drop: {
    heading: "Drop to add to your library",
    more: (amount: number) => `and ${number.format(amount)} more`,
    detail:
      "Folders are remembered and can be looked at again; files are taken in once. Nothing is copied or changed.",
  },

  installing: {
    heading: "Models on this computer",
    inUse: "in use",
    install: "Install…",
    resume: "Go on…",
    fetch: "Download",
    pause: "Pause",
    discard: "Throw away",
    use: "Use",
    remove: "Remove",
    import: "Import a folder with a model…",
    about: (action: string, model: string) => `${action.replace("…", "")}: ${model}`,
    facts: ({ role, languages, megabytes: size, work, license, fetched, place }: LocalModel) => {
      const facts = [
        does[role],
        ...languages.map((tag) => (tag === "mul" ? "many languages" : (language.of(tag) ?? tag))),
        megabytes.format(size),
        license || "licence not stated",
      ];
      if (work !== null && work > 1) facts.push(`takes ${work} times as long as the built-in one`);
      if (place === "offered" && fetched > 0) facts.push(`${megabytes.format(fetched / 1e6)} are here`);
      return facts.join(" · ");
    },
    ask: ({ megabytes: size, license }: LocalModel, hub: string) => {
      const terms = license ? `, under ${license}` : "";
      return `${megabytes.format(size)} come from ${hub}${terms}. It takes about as much memory while it works. Nothing of your documents is sent.`;
    },
    fetching: (model: string) => `Downloading ${model}`,
    fetched: ({ fetched, total }: Fetched) =>
      `${megabytes.format(fetched / 1e6)} of ${megabytes.format(total / 1e6)}`,
    installed: (model: string) => `${model} is installed.`,
  },

  settings: {
    open: "Settings",
    heading: "Settings",
    inUse: "In use",
    does,
    where: ({ provider, host }: ModelInfo) =>
      host ?? (provider === "built_in" ? "comes with Footnote" : "on this computer"),
    noModel: "no model",
    models: "Models",
    builtIn: "Built in: quotes from your documents, on this computer",
    builtInHint:
      "The built-in models answer with the best sentences of your documents, word for word. Nothing leaves this computer. Connect an endpoint for answers in a model's own words.",
    servers: "Found on this computer",
    server: ({ name, chat_models, embedding_models: [embeds], needs_key }: LocalServer) => {
      if (needs_key) return `${name} asks for a key: choose it below, and type the key.`;
      if (chat_models.length === 0) return `${name} has no model that writes.`;
      return embeds ? `${name}, which embeds with ${embeds}` : `${name}; the built-in model embeds`;
    },
    use: "Use",
    writeWith: (model: string, server: string) => `Write with ${model} of ${server}`,
    custom: "Another endpoint",
    overridden:
      "Flags or FOOTNOTE_ variables were given when Footnote was started. They go before these settings.",
    address: "Address",
    key: "Key",
    keyKept: "unchanged",
    forgetKey: "Forget the key",
    keyPlace: {
      nowhere: (isNeeded: boolean) =>
        isNeeded
          ? "This endpoint asks for a key. It is kept in the system's keychain."
          : "Only where the endpoint asks for one.",
      environment: () => "From FOOTNOTE_API_KEY.",
      keychain: () => "In the system's keychain.",
      session: () => "This system's keychain cannot be used: the key is kept until Footnote is closed.",
    } satisfies Record<KeyPlace, (isNeeded: boolean) => string>,
    chatModel: "Model that writes",
    embeddingModel: "Model that embeds",
    rerankModel: "Model that reranks (optional)",
    imageModel: "Model that makes pictures (optional)",
    visionModel: "Model that reads scans (optional)",
    secondOpinions: (judge: string | undefined) =>
      `Second opinion of ${judge ?? "the model that writes"}, on each cited sentence`,
    secondOpinionWhen: {
      never: "Never",
      when_asked: "When asked",
      always: "Always, right behind the answer",
    } satisfies Record<SecondOpinions, string>,
    prices: "Prices in US dollars for a million tokens, where the endpoint does not tell the cost",
    promptPrice: "Read",
    completionPrice: "Written",
    privacy:
      "To be embedded, the text of your documents goes to this endpoint; with each question, the passages found for it. Pictures of scanned pages go there only after you agree.",
    test: "Test",
    checking: "Trying the endpoint… This takes some dozens of small calls.",
    save: "Save",
    findings: (check: EndpointCheck): { works: boolean; text: string }[] => {
      if (!check.reachable) {
        return [
          {
            works: false,
            text: check.models_error ? ofMessage(check.models_error) : "The endpoint does not answer.",
          },
        ];
      }
      const findings = [{ works: true, text: "The endpoint answers." }];
      if (check.key_accepted !== null) {
        const text = check.key_accepted ? "The key is accepted." : "The key is not accepted.";
        findings.push({ works: check.key_accepted, text });
      }
      if (check.models !== null)
        findings.push({ works: true, text: `${count(check.models, "model", "models")} to choose from.` });
      if (check.chat?.state === "fails") findings.push({ works: false, text: ofMessage(check.chat.message) });
      if (check.chat?.state === "works") {
        const { model, streams, thinks, first_token_ms } = check.chat;
        const manner = [streams ? "streams" : "does not stream", thinks && "thinks first"]
          .filter(Boolean)
          .join(", ");
        findings.push({
          works: true,
          text: `${model} ${manner}; first words after ${milliseconds(first_token_ms)}.`,
        });
      }
      if (check.embeddings?.state === "fails")
        findings.push({ works: false, text: ofMessage(check.embeddings.message) });
      if (check.embeddings?.state === "works") {
        const { model, dimensions, latency_ms, texts, words: longest, longer_texts } = check.embeddings;
        const longer = {
          refused: "longer ones are refused",
          cut: "longer ones are cut",
          untried: "longer ones were not tried",
        }[longer_texts];
        findings.push({
          works: true,
          text: `${model} gives ${number.format(dimensions)} dimensions in ${milliseconds(latency_ms)}; ${number.format(texts)} texts a call, of ${number.format(longest)} words (${longer}).`,
        });
      }
      return findings;
    },
  },

  mode: {
    legend: "What to do",
    ask: "Ask",
    search: "Search",
  },

  search: {
    query: "Search your documents",
    placeholder: "Search your documents…",
    filters: "Search only in",
    folder: "Folder",
    anyFolder: "All folders",
    type: "Type",
    anyType: "All types",
    changed: "Changed",
    anyTime: "Any time",
    lastDays: (days: number) => `Last ${days} days`,
    clear: (filter: string) => `Search everywhere again: ${filter}`,
    further: (amount: number) => `${number.format(amount)} more`,
    copies: (amount: number) => `The same in ${count(amount, "other document", "other documents")}`,
    hint: "Type, and the passages appear. No model is asked.",
    found: ({ passages, nothing }: SearchResponse) =>
      [`${count(passages.length, "passage", "passages")} found.`, nothing && en.search.why(passages, nothing)]
        .filter(Boolean)
        .join(" "),
    /** Passages that hold no word of the query are the nearest there are. */
    why: (passages: Passage[], nothing: Nothing) =>
      [en.nothing.why(nothing), passages.length > 0 && "These are only the nearest."]
        .filter(Boolean)
        .join(" "),
    summary: ({ passages, coverage, timings_ms }: SearchResponse) =>
      `${count(passages.length, "passage", "passages")} from ${documents(coverage.searched)} in ${milliseconds(timings_ms.total)}${coverage.words_alone ? ", by words alone" : ""}`,
  },

  explaining,

  ledger,

  care,

  nothing: {
    why: ({ reason, unknown_words }: Nothing): string =>
      en.nothing.reason[reason](list.format(unknown_words.map((word) => `“${word}”`))),
    /** The words are those that no document holds, if any. */
    reason: {
      empty_library: () => "There are no documents in the library yet. Add a folder to search in.",
      nothing_readable: () => "None of the files could be read; the library says why, beside each.",
      nothing_in_place: () => "No document is in the place or time that was asked about.",
      other_words: (unheld) =>
        `No document holds ${unheld}. If the documents are in another language, ask in that one.`,
      nothing_bears: (unheld) =>
        unheld === ""
          ? "No document says enough of it."
          : `No document says enough of it, and none holds ${unheld}.`,
    } satisfies Record<NothingReason, (unheld: string) => string>,
    library: (amount: number) => `The library holds ${documents(amount)}`,
    more: (amount: number) => `and ${number.format(amount)} more`,
  },

  actions: {
    palette: "All actions",
    placeholder: "What to do, or a document to open…",
    none: "Nothing of that name.",
    shortcuts: "Keyboard shortcuts",
    closeTop: "Close what lies on top",
    ask: "Ask a question",
    search: "Search for passages",
    pauseIndexing: "Pause indexing",
    resumeIndexing: "Go on indexing",
    cancelIndexing: "Cancel indexing",
  },

  history: {
    open: "Earlier conversations",
    heading: "Conversations",
    search: "Search in questions and answers",
    title: "Title",
    rename: "Rename",
    delete: "Delete",
    confirmDelete: (title: string) => `Delete “${title}” with its answers?`,
    saveMarkdown: "Save as Markdown",
    saveJson: "Save as JSON",
    detail: ({ updated_at, answers }: ConversationSummary) =>
      `${date.format(updated_at * 1000)} · ${count(answers, "answer", "answers")}`,
    found: (amount: number, query: string) => {
      if (amount > 0) return count(amount, "conversation", "conversations");
      return query.trim() ? "No conversation holds these words." : "No conversation yet.";
    },
  },

  conversation: {
    heading: "Conversation",
    startNew: "New conversation",
    ready: "Ask your documents",
    readyLead: (amount: number, pageCount: number) =>
      `${documents(amount)} with ${pages(pageCount)} can be searched.`,
    suggestions: "Questions to begin with",
    suggestion: ({ document, subject }: Suggestion) => `What does @"${document}" say about “${subject}”?`,
    question: "Your question",
    placeholder: "Ask a question…",
    send: "Ask",
    stop: "Stop",
    only: (file: string) => `Asking ${file} only`,
    everywhere: "Ask all documents again",
    keys: "Enter asks, Shift and Enter starts a new line",
  },

  answer: {
    searching: "Searching your documents…",
    reading: (amount: number) => `Reading ${count(amount, "passage", "passages")}…`,
    thinking: "Thinking…",
    thought: "Thinking",
    refused: "Not in your documents.",
    askAgain: "Ask again",
    filters: "Searched only",
    uncited: "no source",
    uncitedHint: "This sentence names no source.",
    askedAs: (question: string) => `Searched for: ${question}`,
    correct: "Correct",
    changed: (amount: number) =>
      `${count(amount, "source has", "sources have")} changed since this answer. Ask again for one from what they hold now.`,
    edit: "Change the question",
    copy: "Copy with references",
    copied: "Copied",
    details: "Time and cost",
    facts: ({ timings_ms, usage }: Answer): [string, string][] => {
      const facts: [string, string][] = [
        ["Passages found", `after ${milliseconds(timings_ms.retrieved)}`],
        ["First words", `after ${milliseconds(timings_ms.first_token)}`],
        ["Whole answer", `after ${milliseconds(timings_ms.total)}`],
        ["Tokens", tokens(usage)],
      ];
      if (usage.estimated_cost !== null) facts.push(["Cost", dollars.format(usage.estimated_cost)]);
      return facts;
    },
    allFacts: (usage: Usage): [string, string][] => {
      const facts: [string, string][] = [["Tokens of the whole conversation", tokens(usage)]];
      if (usage.estimated_cost !== null)
        facts.push(["Cost of the whole conversation", dollars.format(usage.estimated_cost)]);
      return facts;
    },
    legend:
      "A source number with a frame is word for word, with a dotted one matched by Footnote where the model named none; a yellow one names what is not on the page, or says that nothing is near.",
    askOther: "Ask again with another model",
    otherModel: "Model that answers this once",
    noModels: "The endpoint lists no models. Type the name of one.",
    opinion: (model: string) => `Ask ${model} for a second opinion`,
    askingOpinion: "Asking for a second opinion…",
    opinionOf: (model: string) => `Second opinion of ${model}`,
    opinionLead:
      "This is what the model thinks of the sentences and what they cite, and it may be wrong. The source numbers tell facts that Footnote has compared.",
    opinionTook: ({ usage, milliseconds: time }: SecondOpinion) =>
      [
        usage.prompt_tokens + usage.completion_tokens > 0 && `Tokens: ${tokens(usage)}`,
        usage.estimated_cost !== null && dollars.format(usage.estimated_cost),
        time !== null && milliseconds(time),
      ]
        .filter(Boolean)
        .join(" · "),
    opinionMark: (support: Support | null) => (support ? en.answer.opinionMarks[support] : "not judged"),
    opinionMarks: {
      supported: "agrees",
      partly: "agrees in part",
      unsupported: "disagrees",
    } satisfies Record<Support, string>,
    opinionOn: (model: string, { support, reason }: Opinion) =>
      `${model}: ${en.answer.opinionMark(support)}${reason && `. ${reason}`}`,
    noOpinion: "There is no second opinion.",
    makePicture: "Make a picture of this answer",
    makingPicture: "Making a picture…",
    pictureOf: (question: string) => `A picture made from the answer to: ${question}`,
    footnotes: "Footnotes",
    closest: "The closest passages",
    coverage: ({ searched, files: all, failed, pages_without_text, words_alone }: Coverage) =>
      [
        `Searched ${number.format(searched)} of ${files(all)}${words_alone ? " by words alone, not by meaning" : ""}`,
        failed > 0 && `${number.format(failed)} failed`,
        pages_without_text > 0 &&
          `${pages(pages_without_text)} ${pages_without_text === 1 ? "holds" : "hold"} no text`,
      ]
        .filter(Boolean)
        .join("; "),
    model: (model: string, builtIn: boolean) =>
      builtIn ? "Quoted from your documents; connect a model for written answers" : `Written by ${model}`,
    cut: "The model reached its length limit; the answer ends early.",
    stopped: "You stopped this answer.",
    brokenOff: "The answer broke off. What had arrived is kept.",
    unreadable: "Another version of Footnote stored this answer in a form that this one cannot read.",
    heard: "Answer, as it comes",
    spoken: (sentence: string) => sentence.replace(/\[(\d+(?:,\s*\d+)*)\]/g, "(source $1)"),
    ended: ({ answer, error, citations }: Ending): string => {
      if (error) return `${en.errors[error.code]} ${en.message(error)}`;
      if (answer?.refused)
        return [en.answer.refused, answer.nothing && en.nothing.why(answer.nothing)]
          .filter(Boolean)
          .join(" ");
      return `End of the answer, with ${count(citations.length, "citation", "citations")}.`;
    },
  },

  citation: {
    right: (marker: number) => `Citation ${marker} is right: measure the search by it`,
    name: ({ marker, page: at, page_label, matched }: Citation, file: string) =>
      [`Source ${marker}`, file, page(at, page_label), matched && en.citation.matched]
        .filter(Boolean)
        .join(", "),
    matched: "matched by Footnote",
    matchedHint: "The model named no source here. Footnote found the sentence in this passage.",
    alarm: ({ missing, isFar }: Alarm): string =>
      isFar
        ? "nothing near on this page"
        : missing.length === 1
          ? `${missing[0]} is not on this page`
          : `${missing.join(", ")} are not on this page`,
    graded: (grade: Support) => `graded: ${en.citation.grade[grade]}`,
    gradedBefore: (grade: Support) => `An earlier version graded this: ${en.citation.grade[grade]}.`,
    grade: {
      supported: "supported",
      partly: "partly supported",
      unsupported: "not supported",
    } satisfies Record<Support, string>,
    place: (file: string, at: number, label: string | undefined) => `${file} · ${page(at, label)}`,
    far: "Nothing in this passage comes near the sentence.",
    wording: {
      word_for_word: "Word for word.",
      nearly: "Nearly word for word.",
      own_words: "In other words than the page.",
      other_language: "In another language than the page: figures and dates were compared, words were not.",
    } satisfies Record<Wording, string>,
    found: {
      quote: "is in the quote",
      passage: "is elsewhere in the passage",
      page: "is elsewhere on the page",
      title: "is in the title or a heading",
      in_part: "is there only in part",
      nowhere: "is not on this page",
    } satisfies Record<FactPlace, string>,
  },

  passage: {
    pages: ({ page_first, page_last, page_label_first, page_label_last }: Passage) => {
      if (page_first === page_last) return page(page_first, page_label_first);
      const counted = `${page_first}–${page_last}`;
      const printed = `${page_label_first ?? page_first}–${page_label_last ?? page_last}`;
      return printed === counted ? `pages ${counted}` : `pages ${printed} (PDF pages ${counted})`;
    },
  },

  source: {
    region: "Source",
    resize: "Width of the source",
    close: "Close the source",
    openFile: "Open in its own program",
    showInFolder: "Show in folder",
    askOnly: "Ask this document only",
    text: "Text of the page",
    strip: "All pages",
    pageOf: (at: number, label: string | undefined) => page(at, label).replace(/^p/, "P"),
    larger: "Larger",
    smaller: "Smaller",
    zoom: "Size of the page",
    fit: { text: "Fit text", width: "Fit width", page: "Whole page" } satisfies Record<Fit, string>,
    percent: (percent: number) => `${number.format(percent)} %`,
    find: "Find in this document",
    findNext: "Next match",
    findPrevious: "Previous match",
    found: (current: number, total: number) =>
      total === 0 ? "No match" : `${number.format(current)} of ${number.format(total)}`,
    closeFind: "Close the search",
    previousCitation: "Previous citation",
    nextCitation: "Next citation",
    quoteMarked: (at: number, label: string | undefined) => `The quote is marked on ${page(at, label)}.`,
    page: (at: number, all: number, label: string | undefined) =>
      label === undefined
        ? `Page ${number.format(at)} of ${number.format(all)}`
        : `Page ${label} (${number.format(at)} of ${number.format(all)})`,
    goTo: "Go to page",
    pageField: "Page",
    place: (at: number, all: number, isPrinted: boolean) =>
      isPrinted ? `(${number.format(at)} of ${number.format(all)})` : `of ${number.format(all)}`,
    noPage: (text: string) => `No page is called ${text}.`,
    alsoMeant: (at: number, label: string | undefined) => `Or ${page(at, label)}`,
    previous: "Previous page",
    next: "Next page",
    toQuote: (at: number, label: string | undefined) => `Back to the quote on ${page(at, label)}`,
    quoteHasNoPlace: "This stands in the text read off the page; its place on the picture is not known.",
    quoteIsMissing: "The quote could not be found on this page, so nothing is marked.",
    quoteIsMissingDetail: "The file may have changed since the answer, or its letters cannot be read here.",
    passwordIsUnknown:
      "The file is locked, and its password is not known any more. Read it again to be asked for it.",
    loading: "Opening the page…",
    noText: "This page holds no text.",
  },

  message: ofError,
  errors: {
    request: "That did not work.",
    key: "The endpoint does not accept the key.",
    quota: "The endpoint is busy, or its quota is used up.",
    endpoint: "The endpoint could not be reached, or broke off.",
    library: "The library could not be read or written.",
    gone: "This is no longer in the library.",
    unset: "This needs an endpoint.",
  } satisfies Record<ErrorCode, string>,
};
