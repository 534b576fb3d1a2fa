import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { installable, localModels } from "../../../tests/fixtures";
import type { LocalModel } from "../../api/LocalModel";
import App from "../../App.svelte";
import { createApp } from "../../context";

/** Opens the settings over models of which one changes as the test goes on. */
async function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const model: Partial<LocalModel> = {};
  const { host, running } = fakeHost({ localModels: async () => localModels({ ...model }), ...changes });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  const region = within(await screen.findByRole("region", { name: "Models on this computer" }));
  return { host, running, user, region, model };
}

it("fetches a model after a yes, shows how far it is, pauses, goes on and uses it", async () => {
  const { host, running, user, region, model } = await open();
  expect(region.getAllByTestId("local-model")[4]).toHaveTextContent(
    "Finds by meaning · many languages · 487 MB · MIT · takes 2 times as long as the built-in one",
  );
  await user.click(region.getByRole("button", { name: "Install: bge-small-en-v1.5" }));
  expect(region.getByText(/134 MB come from huggingface\.co, under MIT/)).toBeVisible();
  expect(host.installModel).not.toHaveBeenCalled();
  await user.click(region.getByRole("button", { name: "Download" }));
  running.installation?.send({ event: "progress", fetched: 52e6, total: 134e6 });
  expect(await region.findByText("52 MB of 134 MB")).toBeVisible();
  expect(region.getByRole("progressbar", { name: "Downloading bge-small-en-v1.5" })).toHaveValue(52e6);

  await user.click(region.getByRole("button", { name: "Pause" }));
  expect(host.stop).toHaveBeenCalledWith("bge-small-en-v1.5");
  model.fetched = 52e6;
  running.installation?.send({ event: "finished", outcome: { state: "stopped" } });
  running.installation?.end();
  await user.click(await region.findByRole("button", { name: "Go on: bge-small-en-v1.5" }));
  await user.click(region.getByRole("button", { name: "Download" }));
  Object.assign(model, { fetched: 0, place: "installed" });
  running.installation?.send({ event: "finished", outcome: { state: "installed" } });
  running.installation?.end();

  await user.click(await region.findByRole("button", { name: "Use: bge-small-en-v1.5" }));
  expect(host.useModel).toHaveBeenCalledWith("bge-small-en-v1.5");
  await expect.poll(() => host.embed.mock.calls.length).toBe(1);
  await user.click(region.getByRole("button", { name: "Remove: bge-small-en-v1.5" }));
  expect(host.removeModel).toHaveBeenCalledExactlyOnceWith("bge-small-en-v1.5");
});

it("throws away what has come when it is cancelled, once the download has ended", async () => {
  const { host, running, user, region } = await open();
  await user.click(region.getByRole("button", { name: "Install: bge-small-en-v1.5" }));
  await user.click(region.getByRole("button", { name: "Download" }));
  await user.click(region.getByRole("button", { name: "Cancel" }));
  expect(host.stop).toHaveBeenCalledWith("bge-small-en-v1.5");
  expect(host.removeModel).not.toHaveBeenCalled();
  running.installation?.send({ event: "finished", outcome: { state: "stopped" } });
  running.installation?.end();
  await expect.poll(() => host.removeModel.mock.calls).toEqual([["bge-small-en-v1.5"]]);
});

it("says what went wrong, and keeps saying it", async () => {
  const { running, user, region } = await open();
  await user.click(region.getByRole("button", { name: "Install: bge-small-en-v1.5" }));
  await user.click(region.getByRole("button", { name: "Download" }));
  const error = { code: "endpoint", message: "onnx/model.onnx is damaged." } as const;
  running.installation?.send({ event: "finished", outcome: { state: "failed", error } });
  running.installation?.end();
  expect(await region.findByText("onnx/model.onnx is damaged.")).toBeVisible();
  expect(await region.findByRole("button", { name: "Install: bge-small-en-v1.5" })).toBeEnabled();
});

it("imports a folder and chooses neither what is in use nor what reads scans", async () => {
  const here = [
    installable("minilm", { place: "built_in", in_use: true }),
    installable("reader", { place: "built_in", role: "read_pages", in_use: true }),
  ];
  const { host, user, region } = await open({
    localModels: async () => ({ hub: "huggingface.co", models: here }),
    pickFolder: async () => ["/home/reader/tiny"],
  });
  expect(region.queryByRole("button", { name: /^(Use|Remove)/ })).toBeNull();
  await user.click(region.getByRole("button", { name: "Import a folder with a model…" }));
  expect(host.importModel).toHaveBeenCalledWith("/home/reader/tiny");
});
