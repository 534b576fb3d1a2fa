import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import type { Ledger } from "../../api/Ledger";
import type { LedgerSum } from "../../api/LedgerSum";
import App from "../../App.svelte";
import { createApp } from "../../context";

const sum = (changes: Partial<LedgerSum>): LedgerSum => ({
  day: "2026-11-29",
  host: "api.example.com",
  is_local: false,
  purpose: "embed-documents",
  requests: 12,
  texts: 640,
  characters: 412_000,
  pictures: 0,
  prompt_tokens: 98_000,
  completion_tokens: 0,
  cost: 0.001,
  ...changes,
});

const cells = (row: HTMLElement) =>
  [...row.children].map(({ textContent }) => textContent.replace(/\s+/g, " ").trim()).join(" | ");

async function open(ledger: Partial<Ledger>) {
  const { host } = fakeHost({ ledger: async () => ({ sums: [], requests: [], unnoted: 0, ...ledger }) });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.keyboard("{Control>},{/Control}");
  await user.click(await screen.findByRole("button", { name: "What left this computer…" }));
  return { host, user, dialog: screen.getByRole("dialog", { name: "What left this computer" }) };
}

it("says that nothing has left where that is so, and still shows what went to a server here", async () => {
  const { dialog } = await open({ sums: [sum({ is_local: true, host: "localhost:11434" })] });
  expect(await within(dialog).findByText("Nothing has left this computer.")).toBeVisible();
  expect(within(dialog).getByText("To servers on this computer")).toBeVisible();
  expect(within(dialog).getByText("localhost:11434")).toBeInTheDocument();
});

it("shows by day and purpose what has left, and each of the last requests", async () => {
  const answers = sum({
    purpose: "answer",
    day: "2026-11-28",
    requests: 1,
    texts: 2,
    characters: 900,
    cost: null,
  });
  const { host, dialog } = await open({
    sums: [sum({}), answers],
    requests: [
      {
        at: 1_795_000_000,
        host: "api.example.com",
        is_local: false,
        purpose: "answer",
        model: "llama3",
        texts: 2,
        characters: 900,
        pictures: 0,
        outcome: { code: "timed-out", of: "idle" },
        prompt_tokens: null,
        completion_tokens: null,
        cost: null,
      },
    ],
    unnoted: 1,
  });
  expect(host.ledger).toHaveBeenCalledWith(100);
  const table = await within(dialog).findByRole("table");
  const rows = within(table).getAllByRole("row").map(cells);
  expect(rows).toEqual([
    "What for | Requests | Sent | Tokens | Price",
    "Sunday, November 29, 2026",
    "Embedding of documents api.example.com | 12 | 640 texts of 412,000 characters | 98,000 | $0.001",
    "Saturday, November 28, 2026",
    "Answers api.example.com | 1 | 2 texts of 900 characters | 98,000 | –",
  ]);
  expect(within(dialog).getByText("1 request could not be noted.")).toBeVisible();
  expect(
    within(dialog).getByText(/The endpoint stopped sending in the middle of its answer/),
  ).toBeInTheDocument();
  expect(within(dialog).queryByText("Nothing has left this computer.")).toBeNull();
});
