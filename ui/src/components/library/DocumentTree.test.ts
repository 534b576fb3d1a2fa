import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { document, folder } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

const documents = ["charts/harbour.pdf", "keepers-log.pdf", "tides.csv", "tower.md"].map((name, index) =>
  document(index, `${folder}/${name}`),
);

async function open() {
  render(App, { app: createApp(fakeHost({ documents: async () => documents }).host) });
  const row = (name: string) => screen.getByRole("button", { name: new RegExp(`^${name}`) });
  await screen.findByRole("button", { name: /^keepers-log/ });
  return { row, user: userEvent.setup({ delay: null }) };
}

it("opens and closes folders with the arrow keys, and leads from a document to its folder", async () => {
  const { row, user } = await open();
  row("harbour").focus();
  await user.keyboard("{ArrowLeft}");
  await expect.poll(() => row("charts")).toHaveFocus();
  await user.keyboard("{ArrowLeft}");
  expect(screen.queryByRole("button", { name: /^harbour/ })).toBeNull();
  await user.keyboard("{ArrowRight}");
  expect(row("harbour")).toBeVisible();
  expect(row("charts")).toHaveFocus();
});

it("leads to a name by its letters, and to both ends", async () => {
  const { row, user } = await open();
  row("Lighthouse").focus();
  await user.keyboard("to");
  await expect.poll(() => row("tower")).toHaveFocus();
  await user.keyboard("{Home}");
  await expect.poll(() => row("Lighthouse")).toHaveFocus();
  await user.keyboard("{End}");
  await expect.poll(() => row("tower")).toHaveFocus();
});
