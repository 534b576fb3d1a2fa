import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { document, folder, status, summary } from "../../../tests/fixtures";
import type { DocumentSummary } from "../../api/DocumentSummary";
import App from "../../App.svelte";
import { createApp } from "../../context";

const log = document(1, `${folder}/keepers-log.pdf`);
const charts = document(2, `${folder}/charts/harbour.pdf`);
const letter = document(3, "/home/reader/letter.txt");

/** A library that takes out what it is told to. */
function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  let documents: DocumentSummary[] = [log, charts, letter];
  let folders = [folder];
  const isIn = (path: string, removed: string) => path === removed || path.startsWith(`${removed}/`);
  const { host, running } = fakeHost({
    status: async () => status({ folders, documents: documents.length }),
    documents: async () => documents,
    remove: async ({ paths: [removed = ""] }) => {
      const before = documents.length;
      documents = documents.filter(({ path }) => !isIn(path, removed));
      folders = folders.filter((path) => path !== removed);
      return { folders: 0, documents: before - documents.length, unknown: [] };
    },
    ...changes,
  });
  render(App, { app: createApp(host) });
  return { host, running, user: userEvent.setup({ delay: null }) };
}

const list = () => screen.getByRole("group", { name: "Documents" });

it("takes a folder out with all in it, after saying that the files stay", async () => {
  const { host, user } = open();
  await user.click(await screen.findByRole("button", { name: "Remove from the library…: Lighthouse" }));
  const dialog = screen.getByRole("dialog", { name: "Remove from the library" });
  expect(dialog).toHaveTextContent("Lighthouse with its 2 documents will no longer be searched");
  expect(dialog).toHaveTextContent("Nothing on disk is touched");
  expect(host.remove).not.toHaveBeenCalled();

  await user.click(screen.getByRole("button", { name: "Remove" }));
  await expect.poll(() => screen.queryByRole("button", { name: /^keepers-log\.pdf/ })).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("button", { name: /^letter\.txt/ })).toBeVisible();
  expect(host.remove).toHaveBeenCalledWith({ paths: [folder] });
  expect(await screen.findByText("2 documents taken out of the library.")).toHaveRole("status");
  expect(list()).toHaveFocus();
});

it("is reached by keys alone, and gives the focus back where nothing is removed", async () => {
  const { host, user } = open();
  await screen.findByRole("button", { name: /^letter\.txt/ });
  list().focus();
  const remove = screen.getByRole("button", { name: "Remove from the library…: harbour.pdf" });
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}");
  expect(remove).toHaveFocus();
  await user.keyboard("{Enter}");
  const cancel = screen.getByRole("button", { name: "Cancel" });
  expect(cancel).toHaveAttribute("autofocus");
  await user.click(cancel);
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(remove).toHaveFocus();
  expect(host.remove).not.toHaveBeenCalled();
});

it("closes the page of a document that was removed", async () => {
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: /^keepers-log\.pdf/ }));
  await screen.findByRole("region", { name: "Source" });
  await user.click(screen.getByRole("button", { name: "Remove from the library…: keepers-log.pdf" }));
  expect(screen.getByRole("dialog")).toHaveTextContent("keepers-log.pdf will no longer be searched");
  await user.click(screen.getByRole("button", { name: "Remove" }));
  await expect.poll(() => screen.queryByRole("region", { name: "Source" })).toBeNull();
  expect(screen.getByRole("button", { name: /^harbour\.pdf/ })).toBeVisible();
});

it("says why nothing was removed", async () => {
  const remove = async () => {
    throw { code: "library", message: "library.db cannot be written." };
  };
  const { user } = open({ remove });
  await user.click(await screen.findByRole("button", { name: "Remove from the library…: letter.txt" }));
  await user.click(screen.getByRole("button", { name: "Remove" }));
  expect(await screen.findByText("library.db cannot be written.")).toBeVisible();
  expect(screen.getByRole("button", { name: /^letter\.txt/ })).toBeVisible();
  expect(screen.getByRole("button", { name: "Remove" })).toBeEnabled();
});

it("offers to remove a folder that a sync found away, once the reading is done", async () => {
  const { running, user } = open();
  await user.click(await screen.findByRole("button", { name: "Look for changes" }));
  await user.click(screen.getByRole("button", { name: "Remove from the library…: Lighthouse" }));
  expect(screen.getByText(/Documents are being read now/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Remove" })).toBeDisabled();
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));

  running.indexing?.send({ event: "finished", summary: summary({ away: [{ folder, documents: 2 }] }) });
  running.indexing?.end();
  await user.click(await screen.findByRole("button", { name: "Remove from the library…" }));
  await user.click(screen.getByRole("button", { name: "Remove" }));
  await expect.poll(() => screen.queryByText(/holds nothing to read/)).toBeNull();
});

it("is opened by the Delete key, of a document and of a folder", async () => {
  const { user } = open();
  (await screen.findByRole("button", { name: /^harbour\.pdf/ })).focus();
  await user.keyboard("{Delete}");
  expect(screen.getByRole("dialog")).toHaveTextContent("harbour.pdf will no longer be searched");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  screen.getByRole("button", { name: /^Lighthouse/ }).focus();
  await user.keyboard("{Delete}");
  expect(screen.getByRole("dialog")).toHaveTextContent("Lighthouse with its 2 documents");
});
