import type { Answer } from "../src/api/Answer";
import type { Citation } from "../src/api/Citation";
import type { DocumentSummary } from "../src/api/DocumentSummary";
import type { Facts } from "../src/api/Facts";
import type { FolderSummary } from "../src/api/FolderSummary";
import type { EmbeddingPlan } from "../src/api/EmbeddingPlan";
import type { IndexProgress } from "../src/api/IndexProgress";
import type { IndexSummary } from "../src/api/IndexSummary";
import type { LibraryStatus } from "../src/api/LibraryStatus";
import type { LocalModel } from "../src/api/LocalModel";
import type { LocalModels } from "../src/api/LocalModels";
import type { ModelInfo } from "../src/api/ModelInfo";
import type { Nothing } from "../src/api/Nothing";
import type { PageView } from "../src/api/PageView";
import type { PageExplanation } from "../src/api/PageExplanation";
import type { Passage } from "../src/api/Passage";
import type { SettingsView } from "../src/api/SettingsView";
import type { StoredAnswer } from "../src/api/StoredAnswer";

export const folder = "/home/reader/Lighthouse";

export function localModel(name: string): ModelInfo {
  return { name, provider: "built_in", host: null, context_tokens: null, prices: null };
}

export function endpointModel(name: string, host = "models.example"): ModelInfo {
  return { ...localModel(name), provider: "endpoint", host };
}

export function installable(id: string, changes: Partial<LocalModel> = {}): LocalModel {
  return {
    id,
    name: `authors/${id}`,
    role: "embed",
    license: "MIT",
    languages: ["en"],
    megabytes: 134,
    work: 2,
    place: "offered",
    in_use: false,
    fetched: 0,
    ...changes,
  };
}

export function localModels(changes: Partial<LocalModel> = {}): LocalModels {
  const builtIn = { place: "built_in", license: "Apache-2.0", work: null } as const;
  return {
    hub: "huggingface.co",
    models: [
      installable("all-minilm-l6-v2", { ...builtIn, megabytes: 23, in_use: true }),
      installable("pp-ocrv5-mobile", {
        ...builtIn,
        role: "read_pages",
        languages: [],
        megabytes: 29,
        in_use: true,
      }),
      installable("bge-small-en-v1.5", changes),
      installable("bge-large-en-v1.5", { megabytes: 1341, work: 28 }),
      installable("multilingual-e5-small", { languages: ["mul"], megabytes: 487 }),
      installable("ms-marco-minilm-l6-v2", {
        role: "rerank",
        license: "Apache-2.0",
        megabytes: 92,
        work: 1,
      }),
    ],
  };
}

export function status(changes: Partial<LibraryStatus> = {}): LibraryStatus {
  return {
    folders: [folder],
    documents: 3,
    pages: 14,
    chunks: 40,
    vectors: 40,
    searched_by: "all-MiniLM-L6-v2",
    failures: [],
    index: { state: "loaded", vectors: 40, seconds: 0.01 },
    sizes: { database: 200_000, index: 90_000 },
    models: {
      embed: localModel("all-MiniLM-L6-v2"),
      write: localModel("Built-in (quotes only)"),
    },
    second_opinions: "when_asked",
    ...changes,
  };
}

export function document(id: number, path: string, changes: Partial<DocumentSummary> = {}): DocumentSummary {
  const title = path.split("/").at(-1) ?? path;
  return {
    id,
    path,
    title,
    pages: 3,
    size: 20_480,
    modified_at: 60,
    failure: null,
    warnings: [],
    recognisable: false,
    changed_at: 60,
    ...changes,
  };
}

export function folderSummary(changes: Partial<FolderSummary> = {}): FolderSummary {
  return { path: folder, documents: 3, failed: 0, away: false, ...changes };
}

export function nothing(changes: Partial<Nothing> = {}): Nothing {
  return {
    reason: "nothing_bears",
    unknown_words: [],
    documents: ["keepers-log.pdf", "tide-tables.pdf"],
    document_count: 2,
    ...changes,
  };
}

export function passage(rank: number, changes: Partial<Passage> = {}): Passage {
  return {
    rank,
    score: 1 / rank,
    document_id: 1,
    document: `${folder}/keepers-log.pdf`,
    title: "The keeper's log",
    page_first: 3,
    page_last: 3,
    section: "Autumn › Storms",
    text: "The lamp was lit at dusk and burned until the fog lifted.",
    ...changes,
  };
}

/** Facts of a sentence in words of its own whose figures all stand in the quote. */
export function facts(changes: Partial<Facts> = {}): Facts {
  return { version: 1, wording: "own_words", near: true, items: [], ...changes };
}

/** A citation whose marker is looked up in `text`, from `from` on. */
export function citation(text: string, marker: number, changes: Partial<Citation> = {}, from = 0): Citation {
  const start = text.indexOf(`[${marker}]`, from);
  return {
    marker,
    range: { start, end: start + `[${marker}]`.length },
    document_id: 1,
    document: `${folder}/keepers-log.pdf`,
    title: "The keeper's log",
    page: 3,
    quote: "The lamp was lit at dusk",
    facts: facts(),
    support: null,
    ...changes,
  };
}

export function answer(text: string, changes: Partial<Answer> = {}): Answer {
  return {
    conversation: 7,
    message: 21,
    filters: [],
    standalone: null,
    earlier: null,
    question: "When was the lamp lit?",
    answer: text,
    citations: [],
    uncited: [],
    second_opinion: null,
    passages: [passage(1)],
    coverage: { searched: 3, files: 3, failed: 0, pages_without_text: 0, words_alone: false },
    usage: { prompt_tokens: 900, completion_tokens: 40, estimated_cost: null, estimated: true },
    timings_ms: { retrieved: 12, first_token: 40, total: 300 },
    state: "complete",
    refused: false,
    error: null,
    model: "small-writer",
    built_in: false,
    ...changes,
  };
}

/** An answer as it is kept. */
export function stored(text: string, changes: Partial<Answer> = {}): StoredAnswer {
  return { answer: answer(text, changes), answered_at: 0, changed_sources: [], pictures: [] };
}

export function page(changes: Partial<PageView> = {}): PageView {
  return {
    document_id: 1,
    document: `${folder}/keepers-log.pdf`,
    title: "The keeper's log",
    form: "plain",
    page: 3,
    pages: 9,
    labels: [],
    blocks: [],
    boxes: [],
    text: "Tuesday. The lamp was lit at dusk and burned until the fog lifted.",
    mark: { start: 9, end: 33 },
    ...changes,
  };
}

export function progress(changes: Partial<IndexProgress> = {}): IndexProgress {
  return {
    job: 1,
    stage: "reading",
    files_total: 4,
    files_done: 1,
    files_failed: 0,
    pages: 5,
    pages_to_recognise: 0,
    pages_recognised: 0,
    chunks_total: 16,
    chunks_done: 12,
    current: "keepers-log.pdf",
    paused: false,
    waiting: null,
    ...changes,
  };
}

export function summary(changes: Partial<IndexSummary> = {}): IndexSummary {
  return {
    outcome: "completed",
    error: null,
    added: 3,
    updated: 0,
    moved: 0,
    removed: 0,
    unchanged: 0,
    failures: [],
    passed_over: [],
    away: [],
    unread_pages: [],
    unembedded: [],
    pages: 14,
    chunks: 40,
    shortened: 0,
    seconds: 1.5,
    ...changes,
  };
}

export function embeddingPlan(changes: Partial<EmbeddingPlan> = {}): EmbeddingPlan {
  return {
    model: "BAAI/bge-m3",
    host: "api.example.com",
    searched_by: "all-MiniLM-L6-v2",
    texts: 0,
    tokens: 0,
    cost: null,
    seconds: 0,
    ...changes,
  };
}

export function settings(changes: Partial<SettingsView> = {}): SettingsView {
  const models = {
    chat_model: null,
    embedding_model: null,
    rerank_model: null,
    image_model: null,
    vision_model: null,
  };
  const preset = (id: string, name: string, needs_key: boolean, base_url: string) => ({
    id,
    name,
    needs_key,
    endpoint: { preset: id, base_url, ...models },
  });
  return {
    presets: [
      preset("deepinfra", "DeepInfra", true, "https://api.deepinfra.com/v1/openai"),
      preset("ollama", "Ollama", false, "http://localhost:11434/v1"),
      preset("custom", "", false, ""),
    ],
    endpoint: null,
    key: "nowhere",
    overridden: false,
    prices: null,
    second_opinions: "when_asked",
    ...changes,
  };
}

/** A page that the words led to, and no phrase. */
export function explained(changes: Partial<PageExplanation> = {}): PageExplanation {
  const among = (rank: number | null, of: number, most: number | null = null) => ({ rank, of, most });
  return {
    document_id: 1,
    document: `${folder}/keepers-log.pdf`,
    page: 3,
    holds: ["lamp", "fog"],
    in_name: ["keeper"],
    lacks: ["varnish"],
    parts: [
      { step: "words", ...among(3, 240, 900), points: 0.8, share: 0.4 },
      { step: "phrases", ...among(null, 12, 900), points: 0, share: 0 },
      { step: "vectors", ...among(null, 200, 200), points: 0, share: 0 },
      { step: "names", ...among(1, 2), points: 1.2, share: 0.6 },
      { step: "places", ...among(null, 0), points: 0, share: 0 },
    ],
    score: 2,
    best_score: 2.5,
    scored: among(22, 431),
    passages: among(11, 45, 200),
    ...changes,
  };
}
