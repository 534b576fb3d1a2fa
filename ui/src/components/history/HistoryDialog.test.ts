import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { ConversationSummary } from "../../api/ConversationSummary";
import { fakeHost } from "../../../tests/fakeHost";
import { answer, citation } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

const text = "It burned until the fog lifted [1].";
const kept: ConversationSummary[] = [
  {
    id: 7,
    title: "When was the lamp lit?",
    created_at: 1_760_000_000,
    updated_at: 1_760_000_100,
    answers: 2,
  },
  {
    id: 4,
    title: "What did the gauge cost?",
    created_at: 1_750_000_000,
    updated_at: 1_750_000_100,
    answers: 1,
  },
];

async function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host, running } = fakeHost({ conversations: async () => kept, ...changes });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "Earlier conversations" }));
  return { host, running, user };
}

const row = async (title: string) => within((await screen.findByText(title)).closest("li") as HTMLElement);

it("goes on with a conversation where it ended, and says what has changed since", async () => {
  const { host, running, user } = await open({
    conversation: async (id) => ({
      id,
      title: "When was the lamp lit?",
      created_at: 1_760_000_000,
      usage: { prompt_tokens: 90, completion_tokens: 9, estimated_cost: null, estimated: false },
      answers: [
        {
          answer: answer(text, { citations: [citation(text, 1)] }),
          answered_at: 1_760_000_000,
          changed_sources: [1],
          pictures: [{ media_type: "image/png", base64: "iVBORw0KGgo=" }],
        },
      ],
    }),
  });
  await user.click(await screen.findByText("When was the lamp lit?"));
  expect(await screen.findByRole("button", { name: "Source 1, keepers-log.pdf, page 3" })).toBeVisible();
  expect(screen.getByText(/1 source has changed since this answer/)).toBeVisible();
  expect(screen.getByRole("img", { name: /A picture made from/ })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();

  await user.type(await screen.findByRole("textbox", { name: "Your question" }), "And then?{Enter}");
  expect(host.ask.mock.lastCall?.[0].conversation).toBe(7);
  running.answer?.end();
});

it("searches in what was asked and answered", async () => {
  const { host, user } = await open();
  expect(await screen.findByText("2 conversations")).toBeVisible();
  await user.type(screen.getByRole("searchbox", { name: "Search in questions and answers" }), "fog");
  expect(host.conversations).toHaveBeenLastCalledWith({ query: "fog" });
});

it("renames, saves, and deletes only after asking", async () => {
  const { host, user } = await open();
  let first = await row("When was the lamp lit?");
  await user.click(first.getByRole("button", { name: "Rename" }));
  const title = screen.getByRole("textbox", { name: "Title" });
  await user.clear(title);
  await user.type(title, "The lamp{Enter}");
  expect(host.renameConversation).toHaveBeenCalledWith({ conversation: 7, title: "The lamp" });
  await expect.poll(() => document.activeElement).toHaveTextContent("When was the lamp lit?");

  first = await row("When was the lamp lit?");
  await user.click(first.getByRole("button", { name: "Save as Markdown" }));
  expect(host.saveConversation).toHaveBeenCalledWith({ conversation: 7, format: "markdown" });

  await user.click(first.getByRole("button", { name: "Delete" }));
  await expect.poll(() => document.activeElement).toHaveTextContent("Cancel");
  expect(host.deleteConversation).not.toHaveBeenCalled();
  await user.click(first.getByRole("button", { name: "Delete" }));
  expect(host.deleteConversation).toHaveBeenCalledWith(7);
});
