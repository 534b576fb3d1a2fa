import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, expect, it, vi } from "vitest";

import { answer } from "../../tests/fixtures";
import type { AnswerEvent } from "../api/AnswerEvent";
import { tauriHost } from "./tauri";

afterEach(clearMocks);

const request = { question: "When?", conversation: null, document: null, folder: null };

/** Sends messages as the shell does: numbered, to the callback whose id the channel carries. */
function sender(args: unknown) {
  const { onEvent } = args as { onEvent: { id: number } };
  const { runCallback } = (window as unknown as { __TAURI_INTERNALS__: { runCallback: Callback } })
    .__TAURI_INTERNALS__;
  let index = 0;
  return (message: AnswerEvent | null) => runCallback(onEvent.id, { message, index: index++ });
}
type Callback = (id: number, payload: { message: AnswerEvent | null; index: number }) => void;

it("waits for the last event, even where it comes after the command's return", async () => {
  const token: AnswerEvent = { event: "token", text: "At dusk." };
  const done: AnswerEvent = { event: "done", answer: answer("At dusk.") };
  mockIPC((command, args) => {
    expect(command).toBe("ask");
    const send = sender(args);
    send(token);
    setTimeout(() => {
      send(done);
      send(null);
    }, 5);
  });
  const onEvent = vi.fn();
  await tauriHost.ask(request, onEvent);
  expect(onEvent.mock.calls).toEqual([[token], [done]]);
});

it("rejects with the shell's error, and makes one of a bare message", async () => {
  const busy = { code: "quota", message: "Busy." };
  mockIPC(() => Promise.reject(busy));
  await expect(tauriHost.ask(request, vi.fn())).rejects.toEqual(busy);
  mockIPC(() => Promise.reject("missing argument"));
  await expect(tauriHost.status()).rejects.toEqual({ code: "request", message: "missing argument" });
});
