import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { answer, citation, explained, folder, page, passage, stored } from "../../../tests/fixtures";
import type { Explanation } from "../../api/Explanation";
import type { PageExplanation } from "../../api/PageExplanation";
import type { SearchResponse } from "../../api/SearchResponse";
import App from "../../App.svelte";
import { createApp } from "../../context";

const coverage = { searched: 3, files: 3, failed: 0, pages_without_text: 0, words_alone: false };

function explanation(changes: Partial<PageExplanation> = {}): Explanation {
  return { question: "When was the lamp lit?", coverage, pages: [explained(changes)] };
}

function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const search = async ({ query }: { query: string }): Promise<SearchResponse> => ({
    query,
    words: [query],
    passages: [passage(1)],
    coverage,
    timings_ms: { embed: 1, search: 2, rerank: 0, total: 3 },
  });
  const { host } = fakeHost({ search, page: async ({ page: at }) => page({ page: at }), ...changes });
  const app = createApp(host);
  render(App, { app });
  return { app, host, user: userEvent.setup({ delay: null }) };
}

async function search({ app, user }: ReturnType<typeof open>) {
  await app.layout.show("search");
  await user.type(await screen.findByRole("searchbox"), "lamp{Enter}");
  return screen.findByRole("button", { name: /^Why was this found\? keepers-log\.pdf, page 3/ });
}

it("tells of a passage where it stands in each step, and gives the focus back", async () => {
  const window = open({ explain: async () => explanation() });
  const why = await search(window);
  await window.user.click(why);
  const dialog = await screen.findByRole("dialog", { name: "Why was this found?" });
  expect(await within(dialog).findByText("The page holds “lamp” and “fog”.")).toBeVisible();
  expect(dialog).toHaveTextContent("The name of its document holds “keeper”.");
  expect(dialog).toHaveTextContent("Neither holds “varnish”.");
  const row = (name: RegExp) => within(dialog).getByRole("row", { name });
  expect(row(/^Words of the passage/)).toHaveTextContent("3rd of 2400.8040%");
  expect(row(/^Phrases of the passage/)).toHaveTextContent("not among the 12––");
  expect(row(/^Meaning/)).toHaveTextContent("not in the first 200");
  expect(row(/^All together/)).toHaveTextContent("22nd of 4312.00best 2.50");
  expect(within(dialog).queryByRole("row", { name: /that is named/ })).toBeNull();
  expect(dialog).toHaveTextContent("Among the passages: 11th of 45.");
  expect(window.host.explain).toHaveBeenCalledWith({
    searched: { query: "lamp" },
    folder: null,
    types: [],
    pages: [{ document_id: 1, page: 3, quote: passage(1).text }],
  });

  await window.user.click(within(dialog).getByRole("button", { name: "Close" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(why).toHaveFocus();
});

it("waits, and says what went wrong", async () => {
  let fail: (reason: unknown) => void = () => {};
  const window = open({ explain: () => new Promise((_, reject) => (fail = reject)) });
  await window.user.click(await search(window));
  expect(await screen.findByText("Searching once more…")).toBeVisible();
  fail({ code: "endpoint", message: "The endpoint said nothing for 30 s." });
  expect(await screen.findByText("The endpoint said nothing for 30 s.")).toBeVisible();
  expect(screen.queryByText("Searching once more…")).toBeNull();
});

it("says of a page that was not found what is known of it", async () => {
  const unfound = {
    unsearched: "no_text",
    parts: [],
    score: 0,
    scored: { rank: null, of: 431, most: null },
    passages: { rank: null, of: 200, most: 200 },
    repeats: { document: `${folder}/copy.pdf`, page: 4 },
  } as const;
  const window = open({ explain: async () => explanation({ ...unfound, parts: [] }) });
  await search(window);
  await window.app.source.open({ documentId: 1, page: 9, quote: null });
  await window.user.click(await screen.findByRole("button", { name: "Why was this not found?" }));
  const dialog = await screen.findByRole("dialog", { name: "Why was this not found?" });
  expect(await within(dialog).findByText("This page holds no text.")).toBeVisible();
  expect(dialog).toHaveTextContent("Left out, because page 4 of copy.pdf says the same.");
  expect(dialog).toHaveTextContent("Among the passages: not in the first 200.");
});

it("asks of a page beside an answer by that answer, and of another one why it is not cited", async () => {
  const kept = stored("The lamp was lit at dusk. [1]", {
    message: 7,
    citations: [citation("The lamp was lit at dusk. [1]", 1)],
  });
  const window = open({
    conversation: async () => ({
      id: 1,
      title: "Lamp",
      created_at: 0,
      answers: [kept, stored("Nothing more.", { message: 8 })],
      usage: answer("").usage,
    }),
    explain: async () => explanation({ given: { rank: null, of: 8, most: null } }),
  });
  window.app.conversation.show(await window.host.conversation(1)).catch(() => undefined);
  const [cited] = kept.answer.citations;
  if (!cited) throw new Error("it cites a page");
  await window.app.source.openCitation(cited, [cited]);
  await window.user.click(await screen.findByRole("button", { name: "Why was this found?" }));
  expect(window.host.explain).toHaveBeenLastCalledWith({
    searched: { answer: 7 },
    pages: [{ document_id: cited.document_id, page: cited.page, quote: cited.quote }],
  });
  await window.user.click(await screen.findByRole("button", { name: "Close" }));

  await window.app.source.turnTo(cited.page + 1);
  await window.user.click(await screen.findByRole("button", { name: "Why was this not cited?" }));
  expect(window.host.explain).toHaveBeenLastCalledWith({
    searched: { answer: 8 },
    pages: [{ document_id: cited.document_id, page: cited.page + 1, quote: null }],
  });
  expect(await screen.findByText(/that the answer was written from: not among the 8/)).toBeVisible();
});
