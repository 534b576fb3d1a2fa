import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import App from "../../App.svelte";
import { createApp } from "../../context";

async function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host, running } = fakeHost(changes);
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.keyboard("{Control>},{/Control}");
  await user.click(await screen.findByRole("button", { name: "Back up and check the library…" }));
  const dialog = within(screen.getByRole("dialog", { name: "Back up and check" }));
  const press = (name: string) => user.click(dialog.getByRole("button", { name }));
  return { host, running, user, dialog, press };
}

it("writes a backup where the person chose, with its progress, and can be stopped", async () => {
  let end = () => {};
  const { host, dialog, press } = await open({
    pickPlace: async () => "/backups/mine.footnote",
    backUp: (_, onEvent) =>
      new Promise<void>((ended) => {
        onEvent({ event: "progress", stage: "copying", done: 3_000_000, total: 12_000_000 });
        end = () => {
          onEvent({ event: "finished", outcome: { outcome: "written", bytes: 12_000_000 } });
          ended();
        };
      }),
  });
  await press("Back up…");
  expect(await dialog.findByText("Copying… 3 MB of 12 MB")).toBeVisible();
  const progress = dialog.getByRole("progressbar", { name: "The library is being backed up" });
  expect(progress).toHaveAttribute("value", "3000000");
  expect(dialog.getByRole("button", { name: "Check the library" })).toBeDisabled();
  const [request] = host.backUp.mock.calls[0] ?? [];
  expect(request?.file).toBe("/backups/mine.footnote");
  await press("Stop");
  expect(host.stop).toHaveBeenCalledWith(request?.id);
  end();
  expect(await dialog.findByText("The backup is written and checked: 12 MB.")).toBeVisible();
  expect(dialog.queryByRole("progressbar")).toBeNull();
});

it("asks before a backup replaces the library, and shows what came back", async () => {
  const { host, dialog, press } = await open({
    pickFiles: async () => ["/backups/mine.footnote"],
    restore: async (_, onEvent) =>
      onEvent({ event: "finished", outcome: { outcome: "restored", made_at: 1_795_000_000 } }),
  });
  await press("Restore a backup…");
  expect(await dialog.findByText(/^Replace all documents.* by the backup mine\.footnote\?$/)).toBeVisible();
  expect(host.restore).not.toHaveBeenCalled();
  const read = host.documents.mock.calls.length;
  await press("Replace");
  expect(await dialog.findByText(/^Restored, as it was on/)).toBeVisible();
  await expect.poll(() => host.documents.mock.calls.length).toBeGreaterThan(read);
});

it("says what was mended, that nothing was, and why a backup was refused", async () => {
  let found = 0;
  const { dialog, press } = await open({
    pickFiles: async () => ["/invoice.pdf"],
    examine: async (onEvent) => {
      onEvent({ event: "progress", step: "rows" });
      const mended = found++ === 0 ? [{ code: "words" as const, documents: 2 }] : [];
      onEvent({ event: "finished", outcome: { outcome: "examined", mended } });
    },
    restore: async (_, onEvent) =>
      onEvent({
        event: "finished",
        outcome: {
          outcome: "failed",
          error: { code: "request", message: { code: "no-backup", file: "/invoice.pdf" } },
        },
      }),
  });
  await press("Check the library");
  expect(await dialog.findByText("1 thing mended.")).toBeVisible();
  expect(dialog.getByText(/did not hold what 2 documents say: taken in again/)).toBeVisible();
  await press("Check the library");
  expect(await dialog.findByText("The library is whole.")).toBeVisible();
  await press("Restore a backup…");
  await press("Replace");
  expect(await dialog.findByText(/^\/invoice\.pdf is no backup of Footnote's/)).toBeVisible();
});
