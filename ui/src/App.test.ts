import { cleanup, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../tests/fakeHost";
import {
  answer,
  citation,
  document,
  endpointModel,
  facts,
  folder,
  folderSummary,
  nothing,
  page,
  passage,
  progress,
  status,
  stored,
  summary,
} from "../tests/fixtures";
import type { Fact } from "./api/Fact";
import type { Nothing } from "./api/Nothing";
import type { Passage } from "./api/Passage";
import type { PassedOver } from "./api/PassedOver";
import type { SearchResponse } from "./api/SearchResponse";
import type { SecondOpinion } from "./api/SecondOpinion";
import App from "./App.svelte";
import { createApp } from "./context";

const encrypted = {
  document: `${folder}/plan.pdf`,
  reason: { code: "encrypted" },
} as const;

const writer = endpointModel("small-writer");
const connected = { embed: endpointModel("bge"), write: writer, judge: writer };

function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host, running } = fakeHost(changes);
  render(App, { app: createApp(host) });
  return { host, running, user: userEvent.setup({ delay: null }) };
}

async function ask(user: ReturnType<typeof userEvent.setup>, question: string) {
  await user.type(await screen.findByRole("textbox", { name: "Your question" }), `${question}{Enter}`);
}

it("leads from an empty library over a question to the marked page", async () => {
  let isFilled = false;
  const { host, running, user } = open({
    status: async () => (isFilled ? status() : status({ folders: [], documents: 0 })),
    documents: async () => (isFilled ? [document(1, `${folder}/keepers-log.pdf`)] : []),
  });

  expect(await screen.findByText(/Drop a folder anywhere/)).toBeVisible();
  expect(screen.getByText("Nothing leaves this computer.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Try the sample library" }));
  running.indexing?.send({ event: "progress", progress: progress() });
  expect(await screen.findByRole("progressbar", { name: "Reading 1 of 4 files" })).toHaveValue(0.25);

  isFilled = true;
  running.indexing?.send({ event: "finished", summary: summary() });
  running.indexing?.end();

  await ask(user, "When was the lamp lit?");
  const text = "At dusk [1].";
  running.answer?.send({ event: "token", text });
  running.answer?.send({ event: "done", answer: answer(text, { citations: [citation(text, 1)] }) });
  running.answer?.end();

  await user.click(await screen.findByRole("button", { name: "Source 1, keepers-log.pdf, page 3" }));
  const source = await screen.findByRole("region", { name: "Source" });
  expect((await within(source).findByText("The lamp was lit at dusk")).tagName).toBe("MARK");
  expect(within(source).getByText("Page 3 of 9")).toBeVisible();
  expect(host.page).toHaveBeenCalledWith({ document_id: 1, page: 3, quote: "The lamp was lit at dusk" });

  await user.keyboard("{Escape}");
  expect(screen.queryByRole("region", { name: "Source" })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Source 1/ })).toHaveFocus();
});

it("lists what could not be read, with the reason", async () => {
  const locked = {
    document: "/locked",
    reason: { code: "unreadable", detail: "Permission denied" },
  } as const;
  const { user } = open({
    status: async () => status({ failures: [encrypted, locked] }),
    documents: async () => [
      document(1, `${folder}/keepers-log.pdf`),
      document(2, encrypted.document, { failure: encrypted }),
    ],
  });
  expect(screen.queryByText(/locked with a password/)).toBeNull();
  await user.click(await screen.findByRole("button", { name: "plan.pdf, not read" }));
  const failed = screen.getByText(/^The file is locked with a password\. Unlock it/);
  const rows = screen.getAllByTestId("document-row");
  expect(rows).toHaveLength(2);
  expect(rows.find((row) => row.contains(failed))).toHaveTextContent(/plan\.pdf.*not read/);
  expect(screen.getByText("2, 1 failed")).toBeVisible();
  expect(screen.getByText(/^The file cannot be read: Permission denied\./)).toBeVisible();
});

it("counts by kind what was passed over, on demand", async () => {
  const { running, user } = open();
  await user.click(await screen.findByRole("button", { name: "Look for changes" }));
  const passed_over: PassedOver[] = [
    { kind: { extension: "exe" }, files: 2 },
    { kind: { extension: "jpg" }, files: 4 },
    { kind: "no_extension", files: 1 },
    { kind: "link", files: 1 },
  ];
  running.indexing?.send({ event: "finished", summary: summary({ passed_over }) });
  running.indexing?.end();
  await user.click(await screen.findByText("8 files and folders were passed over"));
  const kinds = within(screen.getByRole("region", { name: "Indexing" })).getAllByRole("listitem");
  expect(kinds.map(({ textContent }) => textContent)).toEqual([
    "4 .jpg",
    "2 .exe",
    "1 without an extension",
    "1 link",
  ]);
});

it("says after a sync and in the tree that a folder is away", async () => {
  const { running, user } = open({ folders: async () => [folderSummary({ away: true })] });
  const row = await screen.findByRole("button", { name: /^Lighthouse, Away: emptied/ });
  expect(row).toHaveAttribute("aria-expanded", "true");
  expect(screen.getByRole("button", { name: /^keepers-log\.pdf/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Look for changes" }));
  running.indexing?.send({ event: "finished", summary: summary({ away: [{ folder, documents: 1 }] }) });
  running.indexing?.end();
  const note = await within(screen.getByRole("region", { name: "Indexing" })).findByText(
    /holds nothing to read/,
  );
  expect(note).toHaveTextContent("Its 1 document stays in the library.");
});

it("counts what could not be read of a document that is there, and says it on demand", async () => {
  const warning = "Page 2 holds no text.";
  const documents = async () => [document(1, `${folder}/keepers-log.pdf`, { warnings: [warning] })];
  const { user } = open({ documents });
  const sign = await screen.findByRole("button", { name: "1 note on keepers-log.pdf" });
  expect(screen.queryByText(warning)).toBeNull();
  await user.click(sign);
  expect(screen.getByText(warning)).toBeVisible();
  expect(sign).toHaveAttribute("aria-expanded", "true");
});

it("says which host gets text where there is one", async () => {
  open({ status: async () => status({ models: connected }) });
  expect(await screen.findByText(/goes to models\.example, and nowhere else/)).toBeVisible();
});

it("names what is not on the page that a sentence cites, and is calm about the rest", async () => {
  const { running, user } = open();
  await ask(user, "When?");
  const text = "At dusk [1], in 1902 [2].";
  const items: Fact[] = [
    { kind: "figure", text: "1902", place: "nowhere" },
    { kind: "name", text: "Wick", place: "passage" },
  ];
  const citations = [citation(text, 1), citation(text, 2, { facts: facts({ items }) })];
  const coverage = { searched: 3, files: 4, failed: 1, pages_without_text: 2, words_alone: false };
  running.answer?.send({ event: "done", answer: answer(text, { citations, coverage }) });
  running.answer?.end();

  const shown = within(screen.getByTestId("answer"));
  expect(await shown.findByText("1902 is not on this page")).toBeVisible();
  expect(shown.getAllByText(/not on this page|nothing near|graded/)).toHaveLength(1);
  expect(screen.getByText("Searched 3 of 4 files; 1 failed; 2 pages hold no text")).toBeVisible();
  expect(screen.getByText("Written by small-writer")).toBeVisible();

  await user.hover(screen.getByRole("button", { name: "Source 2, keepers-log.pdf, page 3" }));
  const card = await screen.findByRole("tooltip", { hidden: true });
  expect(card).toHaveTextContent("The lamp was lit at dusk");
  expect(card).toHaveTextContent("In other words than the page.");
  expect(card).toHaveTextContent("1902 is not on this page");
  expect(card).toHaveTextContent("Wick is elsewhere in the passage");
});

it("labels the grade of an earlier version as such", async () => {
  const { running, user } = open();
  await ask(user, "When?");
  const text = "At dusk [1].";
  const citations = [citation(text, 1, { facts: null, support: "partly" })];
  running.answer?.send({ event: "done", answer: answer(text, { citations }) });
  running.answer?.end();
  expect(await screen.findByText("graded: partly supported")).toBeVisible();
});

it("draws formulas, and shows the source of a damaged one", async () => {
  const { running, user } = open();
  await ask(user, "How high?");
  running.answer?.send({ event: "done", answer: answer("So $h = \\frac{a}{2}$, or $\\frac{a}$, for $3.") });
  running.answer?.end();
  const shown = await screen.findByTestId("answer");
  const fraction = () => shown.querySelector("math mfrac");
  await expect.poll(() => fraction()?.namespaceURI).toBe("http://www.w3.org/1998/Math/MathML");
  expect(shown).toHaveTextContent("or $\\frac{a}$, for $3.");
});

it("shows a refusal with the closest passages as ways into the documents", async () => {
  const { host, running, user } = open();
  await ask(user, "Who built it?");
  const passages = [passage(1), passage(2, { page_first: 4, page_last: 5 })];
  const refusal = answer("", { refused: true, passages });
  running.answer?.send({ event: "done", answer: refusal });
  running.answer?.end();

  expect(await within(screen.getByTestId("answer")).findByText("Not in your documents.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "keepers-log.pdf · pages 4–5" }));
  expect(host.page).toHaveBeenCalledWith({ document_id: 1, page: 4, quote: null });
});

it("says why the documents do not answer, and what they are", async () => {
  const { running, user } = open();
  await ask(user, "Who built it?");
  const why = nothing({ unknown_words: ["builder", "mason"], document_count: 12 });
  running.answer?.send({ event: "done", answer: answer("", { refused: true, nothing: why }) });
  running.answer?.end();

  const shown = within(screen.getByTestId("answer"));
  expect(
    await shown.findByText("No document says enough of it, and none holds “builder” and “mason”."),
  ).toBeVisible();
  expect(screen.getByText(/^Not in your documents\. No document says enough of it/)).toHaveRole("status");
  await user.click(shown.getByText("The library holds 12 documents"));
  expect(shown.getByText("tide-tables.pdf")).toBeVisible();
  expect(shown.getByText("and 10 more")).toBeVisible();
});

it("says why a search finds nothing, or only what is nearest", async () => {
  const found = (passages: Passage[], why: Partial<Nothing>): SearchResponse => ({
    query: "Leuchtturm",
    words: ["Leuchtturm"],
    passages,
    nothing: nothing(why),
    coverage: { searched: 3, files: 3, failed: 0, pages_without_text: 0, words_alone: false },
    timings_ms: { embed: 1, search: 2, rerank: 0, total: 3 },
  });
  const { host, user } = open();
  host.search
    .mockResolvedValueOnce(found([], { reason: "nothing_in_place" }))
    .mockResolvedValueOnce(found([passage(1)], { reason: "other_words", unknown_words: ["Leuchtturm"] }));
  await user.click(await screen.findByRole("radio", { name: "Search" }));
  await user.type(screen.getByRole("searchbox", { name: "Search your documents" }), "Leuchtturm{Enter}");
  const inPlace = "No document is in the place or time that was asked about.";
  expect(await screen.findByText(inPlace)).toBeVisible();
  await user.keyboard("{Enter}");
  expect(
    await screen.findByText(/^No document holds “Leuchtturm”.*These are only the nearest\.$/),
  ).toBeVisible();
  expect(screen.getByTestId("passage")).toBeVisible();
  expect(screen.getAllByRole("status").map(({ textContent }) => textContent)).toContainEqual(
    expect.stringMatching(/^1 passage found\. No document holds/),
  );
});

it("keeps a broken-off answer, says why, and asks again", async () => {
  const { host, running, user } = open();
  await ask(user, "When?");
  const error = { code: "endpoint", message: "models.example closed the connection." } as const;
  const broken = answer("The lamp was", { state: "broken_off", error });
  running.answer?.send({ event: "done", answer: broken });
  running.answer?.end();

  expect(await within(screen.getByTestId("answer")).findByText("The lamp was")).toBeVisible();
  expect(screen.getByText(error.message)).toBeVisible();
  await user.click(within(screen.getByRole("article")).getByRole("button", { name: "Settings" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));
  await user.click(screen.getByRole("button", { name: "Ask again" }));
  expect(host.ask).toHaveBeenCalledTimes(2);
});

it("sends with Enter, starts a line with Shift and Enter, and offers to stop", async () => {
  const { host, user } = open();
  const question = await screen.findByRole("textbox", { name: "Your question" });
  await user.type(question, "First{Shift>}{Enter}{/Shift}second");
  expect(host.ask).not.toHaveBeenCalled();
  await user.keyboard("{Enter}");
  expect(host.ask.mock.calls[0]?.[0].question).toBe("First\nsecond");
  expect(question).toHaveValue("");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(host.stop).toHaveBeenCalled();
});

it("shows documents and answers as text, whatever stands in them", async () => {
  const hostile = '<img src="https://example.com/x.png" onerror="alert(1)">';
  const { running, user } = open({
    documents: async () => [document(1, `${folder}/${hostile}.pdf`)],
    page: async () => page({ text: hostile, title: hostile, mark: null }),
  });
  await ask(user, "When?");
  running.answer?.send({ event: "reasoning", text: hostile });
  running.answer?.send({ event: "done", answer: answer(hostile) });
  running.answer?.end();
  const [row] = await screen.findAllByTestId("document-row");
  if (row) await user.click(within(row).getByText(/onerror/));
  expect(await within(screen.getByTestId("source-pane")).findAllByText(hostile)).toHaveLength(2);
  expect(await within(screen.getByTestId("answer")).findByText(hostile)).toBeVisible();
  expect(window.document.querySelector("img, script")).toBeNull();
});

it("says what a drop will do, and takes it in", async () => {
  const { host, running } = open();
  await screen.findAllByTestId("document-row");
  running.drop?.over(["/home/reader/Charts", "/home/reader/tides.pdf"]);
  const overlay = await screen.findByTestId("drop-overlay");
  expect(overlay).toHaveTextContent("Charts");
  expect(overlay).toHaveTextContent("tides.pdf");
  running.drop?.drop(["/home/reader/Charts"]);
  expect(host.add.mock.calls[0]?.[0]).toEqual({ paths: ["/home/reader/Charts"] });
  await expect.poll(() => screen.queryByTestId("drop-overlay")).toBeNull();
});

it("makes a picture of an answer where the endpoint has a model for it", async () => {
  const models = { ...connected, make_pictures: endpointModel("painter") };
  const { host, running, user } = open({ status: async () => status({ models }) });
  await ask(user, "When was the lamp lit?");
  running.answer?.send({ event: "done", answer: answer("At dusk.") });
  running.answer?.end();
  await user.click(await screen.findByRole("button", { name: "Make a picture of this answer" }));
  expect(host.picture).toHaveBeenCalledWith({ message: 21 });
  expect(await screen.findByRole("img", { name: /When was the lamp lit/ })).toHaveAttribute(
    "src",
    "data:image/png;base64,iVBORw0KGgo=",
  );
});

it("takes in what a second start was given", async () => {
  const given = [["/home/reader/tides.pdf"], ["/home/reader/Charts"]];
  const { host, running } = open({ openedPaths: async () => given.shift() ?? [] });
  await expect.poll(() => host.add.mock.calls[0]?.[0].paths).toEqual(["/home/reader/tides.pdf"]);
  running.opened?.();
  running.indexing?.send({ event: "finished", summary: summary() });
  running.indexing?.end();
  await expect.poll(() => host.add.mock.calls[1]?.[0].paths).toEqual(["/home/reader/Charts"]);
});

it("offers questions that the documents answer until the first is asked", async () => {
  const { host, user } = open({
    suggestions: async () => [{ document: "tides.md", subject: "The spring tide" }],
  });
  const question = 'What does @"tides.md" say about “The spring tide”?';
  await user.click(await screen.findByRole("button", { name: question }));
  expect(host.ask.mock.calls[0]?.[0]).toMatchObject({ question, conversation: null });
  expect(screen.queryByRole("button", { name: question })).toBeNull();
});

it("opens the page that a link names, and says where there is no such document", async () => {
  const targets = [{ document_id: 1, page: 3, quote: "The lamp was lit." }];
  const gone = { code: "gone", message: { code: "document-gone" } } as const;
  const openedLink = async () => {
    const target = targets.shift();
    if (!target) throw gone;
    return target;
  };
  const { host, running } = open({ openedLink });
  await expect
    .poll(() => host.page.mock.calls[0]?.[0])
    .toEqual({ document_id: 1, page: 3, quote: "The lamp was lit." });
  running.opened?.();
  expect(await screen.findByText("This document is no longer in the library.")).toBeVisible();
});

it("opens with the conversation that it was closed with", async () => {
  const usage = answer("").usage;
  const view = { id: 7, title: "The lamp", created_at: 0, answers: [stored("At dusk.")], usage };
  localStorage.setItem("footnote.conversation", "7");
  const { user } = open({ conversation: async () => view });
  expect(await within(await screen.findByTestId("answer")).findByText("At dusk.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "New conversation" }));
  await expect.poll(() => localStorage.getItem("footnote.conversation")).toBeNull();
});

it("opens with an empty conversation where the last one is gone", async () => {
  const conversation = async () => {
    throw { code: "gone", message: "It was deleted." };
  };
  localStorage.setItem("footnote.conversation", "7");
  open({ conversation });
  expect(await screen.findByText("Ask your documents")).toBeVisible();
});

it("says that words alone are searched, and offers what has no vector to the embedding model", async () => {
  open({ status: async () => status({ models: { write: connected.write } }) });
  expect(await screen.findByTestId("words-alone")).toHaveTextContent("the embedding model");
  cleanup();

  const { host, user } = open({ status: async () => status({ chunks: 40, vectors: 12 }) });
  expect(await screen.findByText("28 passages are found by words only", { exact: false })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Let it read them" }));
  expect(host.embed).toHaveBeenCalled();
});

it("asks once more with another model of the endpoint", async () => {
  const { host, running, user } = open({ status: async () => status({ models: connected }) });
  await ask(user, "When was the lamp lit?");
  running.answer?.send({ event: "done", answer: answer("At dusk.") });
  running.answer?.end();
  await user.click(await screen.findByRole("button", { name: "Ask again with another model" }));
  const choice = screen.getByRole("combobox", { name: "Model that answers this once" });
  await expect.poll(() => choice.ownerDocument.querySelector("dialog option")).toHaveValue("llama3");
  await user.type(choice, "llama3{Enter}");
  expect(host.ask).toHaveBeenLastCalledWith(
    expect.objectContaining({ question: "When was the lamp lit?", chat_model: "llama3" }),
    expect.anything(),
  );
});

it("keeps that a citation was right", async () => {
  const text = "At dusk [1].";
  const { host, running, user } = open();
  await ask(user, "When?");
  running.answer?.send({ event: "done", answer: answer(text, { citations: [citation(text, 1)] }) });
  running.answer?.end();
  const mark = await screen.findByRole("button", { name: /^Citation 1 is right/ });
  expect(mark).toHaveAttribute("aria-pressed", "false");
  await user.click(mark);
  expect(host.markCitation).toHaveBeenCalledWith({ message: 21, citation: 0, right: true });
  expect(mark).toHaveAttribute("aria-pressed", "true");
});

const opinion: SecondOpinion = {
  model: "small-writer",
  opinions: [
    { citation: 0, support: "supported", reason: "" },
    { citation: 1, support: "unsupported", reason: "The log names no <b>year</b>." },
    { citation: 2, support: null, reason: "" },
  ],
  usage: { ...answer("").usage, estimated_cost: 0.002 },
  milliseconds: 1200,
};

it("shows a model's opinion on each cited sentence as the model's, beside Footnote's own marks", async () => {
  const text = "At dusk [1]. In 1902 [2]. It was green [3].";
  const items: Fact[] = [{ kind: "figure", text: "1902", place: "nowhere" }];
  const citations = [citation(text, 1), citation(text, 2, { facts: facts({ items }) }), citation(text, 3)];
  const { host, running, user } = open({
    status: async () => status({ models: connected }),
    secondOpinion: async () => opinion,
  });
  await ask(user, "When?");
  running.answer?.send({ event: "done", answer: answer(text, { citations }) });
  running.answer?.end();
  await user.click(await screen.findByRole("button", { name: "Ask small-writer for a second opinion" }));
  const section = await screen.findByRole("region", { name: "Second opinion of small-writer" });
  expect(section).toHaveTextContent("2 disagrees The log names no <b>year</b>.");
  expect(section).toHaveTextContent("it may be wrong");
  expect(section).toHaveTextContent("Tokens: about 900 read, 40 written · $0.002 · 1,200 ms");
  expect(host.secondOpinion).toHaveBeenCalledWith({ message: 21 });
  const said = within(screen.getByTestId("answer"));
  expect(said.getByText("1902 is not on this page")).toBeVisible();
  expect(said.getAllByRole("img").map((mark) => mark.getAttribute("aria-label"))).toEqual([
    "small-writer: agrees",
    "small-writer: disagrees. The log names no <b>year</b>.",
    "small-writer: not judged",
  ]);
  expect(screen.queryByRole("button", { name: /for a second opinion/ })).toBeNull();
});

it("shows an answer while the second opinion on it is under way, and what kept that from coming", async () => {
  const text = "At dusk [1].";
  const whole = answer(text, { citations: [citation(text, 1)] });
  const { host, running, user } = open({ status: async () => status({ models: connected }) });
  await ask(user, "When?");
  running.answer?.send({ event: "asking_opinion", answer: whole });
  expect(await screen.findByText("Asking for a second opinion…")).toBeVisible();
  expect(screen.getByText("Written by small-writer")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(host.stop).toHaveBeenCalled();
  const error = { code: "endpoint" as const, message: "models.example does not answer." };
  running.answer?.send({ event: "no_opinion", error });
  running.answer?.send({ event: "done", answer: whole });
  running.answer?.end();
  expect(await screen.findByText("There is no second opinion.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Ask small-writer for a second opinion" })).toBeEnabled();
});

it("offers no second opinion where none is wanted", async () => {
  const text = "At dusk [1].";
  const quiet = status({ models: connected, second_opinions: "never" });
  const { running, user } = open({ status: async () => quiet });
  await ask(user, "When?");
  running.answer?.send({ event: "done", answer: answer(text, { citations: [citation(text, 1)] }) });
  running.answer?.end();
  expect(await screen.findByText("Written by small-writer")).toBeVisible();
  expect(screen.queryByRole("button", { name: /second opinion/ })).toBeNull();
});

it("says of a footnote that the model cited nothing there", async () => {
  const text = "The lamp was lit at dusk.[1]";
  const citations = [citation(text, 1, { matched: true })];
  const { running, user } = open();
  await ask(user, "When?");
  running.answer?.send({ event: "token", text: "The lamp was lit at dusk." });
  running.answer?.send({ event: "done", answer: answer(text, { citations }) });
  running.answer?.end();
  const name = "Source 1, keepers-log.pdf, page 3, matched by Footnote";
  await user.hover(await screen.findByRole("button", { name }));
  expect(await screen.findByRole("tooltip", { hidden: true })).toHaveTextContent(
    "The model named no source here.",
  );
  expect(screen.getByRole("list", { name: "Footnotes" })).toHaveTextContent("matched by Footnote");
});
