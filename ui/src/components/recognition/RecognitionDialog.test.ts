import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { document, endpointModel, folder, progress, status, summary } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

const path = `${folder}/dues.pdf`;
const plan = {
  model: "a-vision-model",
  host: "api.example.com",
  documents: [{ document_id: 1, document: path, pages: [2, 5, 6] }],
};
const { models } = status();
const withVision = async () =>
  status({ models: { ...models, read_pages: endpointModel(plan.model, plan.host) } });

async function openDialog(changes: Parameters<typeof fakeHost>[0] = {}) {
  const warnings = [{ code: "pages" as const, pages: [2, 5, 6], finding: { code: "stamped" as const } }];
  const { host, running } = fakeHost({
    status: withVision,
    documents: async () => [document(1, path, { warnings, recognisable: true })],
    recognitionPlan: async () => plan,
    ...changes,
  });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "1 note on dues.pdf" }));
  await user.click(screen.getByRole("button", { name: "Read with a-vision-model…: dues.pdf" }));
  return { host, running, user };
}

it("says which pages would go where, and sends them on a yes only", async () => {
  const { host, running, user } = await openDialog();
  expect(await screen.findByText(/3 pages would be sent to api.example.com as pictures/)).toBeVisible();
  expect(screen.getByText(/pages 2, 5–6/, { selector: "li" })).toBeVisible();
  expect(host.recognitionPlan).toHaveBeenCalledWith({ paths: [path] });
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(host.recognise).not.toHaveBeenCalled();

  await user.click(screen.getByRole("button", { name: "Read with a-vision-model…: dues.pdf" }));
  await user.click(await screen.findByRole("button", { name: "Send 3 pages" }));
  expect(host.recognise.mock.lastCall?.[0]).toEqual(plan);
  expect(screen.queryByRole("dialog")).toBeNull();

  const stage = { stage: "recognising", pages_to_recognise: 3, pages_recognised: 1 } as const;
  running.indexing?.send({ event: "progress", progress: progress(stage) });
  expect(await screen.findByRole("progressbar", { name: "1 of 3 pages read off pictures" })).toBeVisible();
  const reason = "Page 5 was not read: The endpoint failed inside.";
  const unread = { document: path, code: "not-recognised", reason };
  running.indexing?.send({
    event: "finished",
    summary: summary({ added: 0, updated: 1, unread_pages: [unread] }),
  });
  running.indexing?.end();
  expect(await screen.findByText(`dues.pdf: ${reason}`)).toBeVisible();
});

it("says why there is no plan", async () => {
  const recognitionPlan = async () => {
    throw { code: "library", message: "library.db is damaged." };
  };
  await openDialog({ recognitionPlan });
  expect(await screen.findByText("library.db is damaged.")).toBeVisible();
  expect(screen.getByTestId("recognise")).toBeDisabled();
});

it("offers nothing without a vision model", async () => {
  const { host } = fakeHost({
    documents: async () => [document(1, path, { warnings: ["Page 2 holds no text."] })],
  });
  render(App, { app: createApp(host) });
  await userEvent.click(await screen.findByRole("button", { name: "1 note on dues.pdf" }));
  expect(screen.getByText("Page 2 holds no text.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Read with/ })).toBeNull();
});
