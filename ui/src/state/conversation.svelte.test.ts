import { expect, it, vi } from "vitest";

import { fakeHost, nextFrame } from "../../tests/fakeHost";
import { answer, citation, passage, stored } from "../../tests/fixtures";
import type { ApiError } from "../api/ApiError";
import { Announcer } from "./announcer.svelte";
import { Conversation } from "./conversation.svelte";

const unreachable: ApiError = { code: "endpoint", message: "models.example could not be reached." };

function conversationOver(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host, running } = fakeHost(changes);
  const announcer = new Announcer();
  return { host, running, announcer, conversation: new Conversation(host, announcer) };
}

it("draws a burst of tokens once a frame, and shows what was stored at the end", async () => {
  const { running, announcer, conversation } = conversationOver();
  const asked = conversation.ask("  When was the lamp lit? ");
  const [exchange] = conversation.exchanges;

  for (const text of ["The ", "lamp ", "was "]) running.answer?.send({ event: "token", text });
  expect(exchange?.text).toBe("");
  await nextFrame();
  expect(exchange?.text).toBe("The lamp was ");
  expect(conversation.pending).toBe(exchange);

  const text = "The lamp was lit at dusk [1].";
  const citations = [citation(text, 1)];
  running.answer?.send({ event: "done", answer: answer(text, { citations }) });
  running.answer?.end();
  await asked;
  expect(exchange).toMatchObject({ question: "When was the lamp lit?", text, citations, error: null });
  expect(conversation.pending).toBeNull();
  expect(announcer.sentences).toEqual(["The lamp was lit at dusk (source 1)."]);
  expect(announcer.text).toBe("End of the answer, with 1 citation.");
});

it("keeps thinking, passages and citations as they come", async () => {
  const { running, conversation } = conversationOver();
  void conversation.ask("When?");
  const cited = citation("At dusk [1].", 1);
  running.answer?.send({ event: "passages", passages: [passage(1)] });
  running.answer?.send({ event: "reasoning", text: "The log " });
  running.answer?.send({ event: "reasoning", text: "says it." });
  running.answer?.send({ event: "citation", citation: cited });
  await nextFrame();
  expect(conversation.exchanges[0]).toMatchObject({
    passages: [passage(1)],
    reasoning: "The log says it.",
    citations: [cited],
  });
});

it("moves text that turns out to be thinking out of the answer", async () => {
  const { running, conversation } = conversationOver();
  void conversation.ask("When?");
  running.answer?.send({ event: "token", text: "The log says dusk." });
  running.answer?.send({ event: "text_was_reasoning" });
  running.answer?.send({ event: "token", text: "At dusk." });
  await nextFrame();
  expect(conversation.exchanges[0]).toMatchObject({ reasoning: "The log says dusk.", text: "At dusk." });
});

it("goes on in the conversation of its first answer, and leaves it for a new one", async () => {
  const { host, running, conversation } = conversationOver();
  const ask = async (question: string) => {
    const asked = conversation.ask(question);
    running.answer?.send({ event: "done", answer: answer("At dusk.", { conversation: 7 }) });
    running.answer?.end();
    await asked;
  };
  await ask("When?");
  await ask("Why?");
  await conversation.startNew();
  await ask("Who?");
  expect(host.ask.mock.calls.map(([request]) => request.conversation)).toEqual([null, 7, null]);
  expect(conversation.exchanges.map(({ question }) => question)).toEqual(["Who?"]);
});

it("asks nothing while an answer is written, and no empty question", async () => {
  const { host, conversation } = conversationOver();
  await conversation.ask("   ");
  void conversation.ask("When?");
  void conversation.ask("Why?");
  expect(host.ask).toHaveBeenCalledTimes(1);
  await conversation.stop();
  expect(host.stop).toHaveBeenCalledTimes(1);
});

it("keeps what arrived before the command failed, and asks again below it", async () => {
  const ask = vi.fn(async (_, onEvent) => {
    onEvent({ event: "token", text: "The lamp" });
    throw unreachable;
  });
  const { conversation } = conversationOver({ ask });
  await conversation.ask("When?");
  const [first] = conversation.exchanges;
  expect(first).toMatchObject({ text: "The lamp", error: unreachable });
  if (first) await conversation.askAgain(first);
  expect(conversation.exchanges).toHaveLength(2);
});

it("replaces a try that brought nothing when asked again", async () => {
  const ask = vi.fn(async (_, onEvent) => onEvent({ event: "error", error: unreachable }));
  const { conversation, announcer } = conversationOver({ ask });
  await conversation.ask("When?");
  const [first] = conversation.exchanges;
  expect(first?.error).toEqual(unreachable);
  expect(announcer.text).toContain(unreachable.message);
  if (first) await conversation.askAgain(first);
  expect(conversation.exchanges).toHaveLength(1);
  expect(conversation.exchanges[0]).not.toBe(first);
});

it("asks one document only", async () => {
  const { host, conversation } = conversationOver();
  conversation.limitTo({ id: 7, path: "/logs/a [1]*.pdf" });
  void conversation.ask("When?");
  expect(host.ask.mock.calls[0]?.[0].document_id).toBe(7);
  await conversation.startNew();
  expect(conversation.onlyDocument).toBeNull();
});

it("reads an answer aloud by its sentences, while it comes", async () => {
  const { running, announcer, conversation } = conversationOver();
  void conversation.ask("When?");
  const read = async (text: string) => {
    running.answer?.send({ event: "token", text });
    await nextFrame();
    return [...announcer.sentences];
  };
  expect(await read("At du")).toEqual([]);
  expect(await read("sk [1]. It bur")).toEqual(["At dusk (source 1)."]);
  running.answer?.send({ event: "done", answer: answer("At dusk [1]. It burned till dawn.") });
  await nextFrame();
  expect(announcer.sentences).toEqual(["At dusk (source 1).", "It burned till dawn."]);
});

it("knows what its answers took together, and the cost where it is known", async () => {
  const { conversation } = conversationOver();
  const costing = (estimated_cost: number | null) =>
    stored("At dusk.", {
      usage: {
        prompt_tokens: 900,
        completion_tokens: 40,
        estimated_cost,
        estimated: estimated_cost === null,
      },
    });
  const usage = conversation.usage;
  expect(usage.estimated_cost).toBeNull();
  const answers = [costing(0.25), costing(null)];
  await conversation.show({ id: 7, title: "Lamp", created_at: 0, answers, usage });
  expect(conversation.usage).toEqual({
    prompt_tokens: 1800,
    completion_tokens: 80,
    estimated_cost: 0.25,
    estimated: true,
  });

  const opinion = {
    model: "loopback-chat",
    opinions: [],
    usage: { ...usage, prompt_tokens: 90 },
    milliseconds: 900,
  };
  const asked = stored("At dusk.", { second_opinion: opinion });
  await conversation.show({ id: 8, title: "Lamp", created_at: 0, answers: [asked], usage });
  expect(conversation.usage.prompt_tokens).toBe(asked.answer.usage.prompt_tokens + 90);
});
