import { afterEach, expect, it, vi } from "vitest";

import { progress, summary } from "../../tests/fixtures";
import type { IndexEvent } from "../api/IndexEvent";
import { httpHost } from "./http";

afterEach(() => vi.unstubAllGlobals());

function answerWith(response: () => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => response());
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

it("sends a command with its arguments", async () => {
  const fetch = answerWith(() => Response.json(null));
  await httpHost.openDocument(4, 2);
  expect(fetch).toHaveBeenCalledWith("/api/open_document", expect.objectContaining({ method: "POST" }));
  expect(JSON.parse(String(fetch.mock.calls[0]?.[1]?.body))).toEqual({ documentId: 4, page: 2 });
});

it("hands over each event of a stream, wherever its bytes are cut", async () => {
  const events: IndexEvent[] = [
    { event: "progress", progress: progress({ current: "Überfahrt – ☂.pdf" }) },
    { event: "finished", summary: summary() },
  ];
  const bytes = new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  const inSmallPieces = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  answerWith(() => new Response(inSmallPieces));
  const received: IndexEvent[] = [];
  await httpHost.sync((event) => received.push(event));
  expect(received).toEqual(events);
});

it("rejects with the command's error, and with one of its own where there is no server", async () => {
  const error = { code: "gone", message: "No document 4." };
  answerWith(() => Response.json(error, { status: 404 }));
  await expect(httpHost.page({ document_id: 4, page: 1, quote: null })).rejects.toEqual(error);
  answerWith(() => Promise.reject(new TypeError("no connection")));
  await expect(httpHost.status()).rejects.toEqual({ code: "request", message: "no connection" });
});
