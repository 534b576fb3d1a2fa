import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

import type { Plugin } from "vite";

import type { AnswerEvent } from "../../src/api/AnswerEvent";
import type { ApiError } from "../../src/api/ApiError";
import type { IndexEvent } from "../../src/api/IndexEvent";
import type { InstallEvent } from "../../src/api/InstallEvent";
import type { PageRequest } from "../../src/api/PageRequest";
import { embeddingPlan, localModels, page, progress, settings, summary } from "../fixtures";
import { answerTo } from "./answers";
import { libraries } from "./library";

const EVENT_EVERY_MS = 25;

/** Serves the window's commands with made-up answers; the page's address sets the scene. */
export function mockCommands(): Plugin {
  return {
    name: "mock-commands",
    configureServer({ middlewares }) {
      middlewares.use("/api", (request, response) => void serve(request, response));
      middlewares.use(({ url = "" }, _, next) => {
        if (url === "/" || url.startsWith("/?")) setScene(new URL(url, "http://localhost").searchParams);
        next();
      });
    },
  };
}

let library = "full";
let everyMs = EVENT_EVERY_MS;
let stopped = false;

function setScene(scene: URLSearchParams) {
  library = scene.get("library") ?? "full";
  everyMs = Number(scene.get("pace") ?? EVENT_EVERY_MS);
}

async function serve(request: IncomingMessage, response: ServerResponse) {
  const args = JSON.parse(await text(request));
  switch (request.url) {
    case "/status":
      if (library === "broken") {
        fail(response, { code: "library", message: "library.db is damaged." });
        return;
      }
      {
        reply(response, libraries[library]?.status);
        return;
      }
    case "/documents": {
      reply(response, libraries[library]?.documents ?? []);
      return;
    }
    case "/remove": {
      reply(response, { folders: 0, documents: 1, unknown: [] });
      return;
    }
    case "/settings": {
      reply(response, settings());
      return;
    }
    case "/local_models": {
      reply(response, localModels({ fetched: 52_000_000 }));
      return;
    }
    case "/ledger": {
      reply(response, { sums: [], requests: [], unnoted: 0 });
      return;
    }
    case "/embedding_plan": {
      reply(response, embeddingPlan());
      return;
    }
    case "/embeddings":
    case "/local_servers": {
      reply(response, []);
      return;
    }
    case "/install_model":
      await stream(response, installation(), 150);
      return;
    case "/folders":
    case "/opened_paths": {
      reply(response, []);
      return;
    }
    case "/add":
    case "/add_sample":
    case "/sync":
    case "/read_again":
      await stream(response, indexing(), 150);
      return;
    case "/embed":
    case "/watch":
      await stream(response, [], 0);
      return;
    case "/ask":
      return stream(response, answerTo(args.request.question), everyMs);
    case "/page": {
      reply(response, pageFor(args.request));
      return;
    }
    default:
      stopped = true;
      {
        reply(response, null);
        return;
      }
  }
}

function* indexing(): Generator<IndexEvent> {
  yield {
    event: "progress",
    progress: progress({ stage: "walking", files_total: 0, files_done: 0, pages: 0 }),
  };
  for (let done = 0; done <= 40; done++) {
    const current = done % 2 ? "keepers-log.pdf" : "a-rather-long-file-name-about-the-fog-signal.pdf";
    const files_failed = done > 20 ? 1 : 0;
    yield {
      event: "progress",
      progress: progress({ files_total: 40, files_done: done, files_failed, pages: done * 7, current }),
    };
    if (stopped) break;
  }
  yield { event: "finished", summary: summary({ outcome: stopped ? "cancelled" : "completed", added: 40 }) };
}

function* installation(): Generator<InstallEvent> {
  for (let fetched = 52e6; fetched <= 134e6; fetched += 4e6) {
    yield { event: "progress", fetched, total: 134e6 };
    if (stopped) break;
  }
  yield { event: "finished", outcome: { state: stopped ? "stopped" : "installed" } };
}

const paragraph =
  "The wind stood in the north-west all day and the sea was heavy on the bar. Two barges lay in the roads until the evening tide.";
const quote = "The lamp was lit at dusk";

function pageFor(request: PageRequest) {
  const filler = Array.from({ length: 8 }, () => paragraph).join("\n\n");
  const text = `THE KEEPER'S LOG\n\n${filler}\n\nTuesday. ${quote} and burned until the fog lifted.\n\n${filler}`;
  const start = text.indexOf(quote);
  const mark = request.quote === quote ? { start, end: start + quote.length } : null;
  return page({ document_id: request.document_id, page: request.page, text, mark });
}

function reply(response: ServerResponse, value: unknown) {
  response.setHeader("content-type", "application/json").end(JSON.stringify(value));
}

function fail(response: ServerResponse, error: ApiError) {
  response.statusCode = 500;
  reply(response, error);
}

async function stream(
  response: ServerResponse,
  events: Iterable<AnswerEvent | IndexEvent | InstallEvent>,
  everyMs: number,
) {
  stopped = false;
  for (const event of events) {
    response.write(`${JSON.stringify(event)}\n`);
    await wait(everyMs);
  }
  if (library === "empty") library = "full";
  response.end();
}
