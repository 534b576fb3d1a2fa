import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { startEndpoint } from "./loopback";
import { addSample, ask, type Desk, drop, expect, look, test } from "./window";

test("indexing rests and goes on, and says where it stands", async ({ page, desk }) => {
  const folder = join(desk.folder, "Letters");
  await mkdir(folder);
  for (let index = 0; index < 2000; index += 1) {
    const text = `Letter ${index}. The lamp of tower ${index % 97} was lit at dusk. `.repeat(30);
    await writeFile(join(folder, `letter ${index}.txt`), text);
  }
  await page.goto(desk.window);
  await addSample(page);
  await drop(page, folder);
  const bar = page.getByRole("region", { name: "Indexing" });
  await expect(bar).toContainText(/Reading [1-9]\d* of 2,000 files/);
  await page.getByTestId("pause-indexing").click();
  await expect(bar).toContainText("Paused:");
  await look(page, "paused");
  await page.getByTestId("pause-indexing").click();
  await expect(bar).not.toContainText("Paused:");
  await look(page, "indexing");
  await page.getByTestId("cancel-indexing").click();
  await expect(page.getByTestId("go-on")).toBeVisible();
  await look(page, "cancelled");
});

test("a question without an answer in the documents leads to what is closest", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "What is the capital of Mongolia?");
  await expect(page.getByTestId("answer")).toContainText("Not in your documents");
  await look(page, "no-answer");
});

test("without a connection, and without a key, the answer says what to do", async ({ page, open }) => {
  const nowhere = { FOOTNOTE_BASE_URL: "http://127.0.0.1:9", FOOTNOTE_CHAT_MODEL: "far-away" };
  await askInVain(page, await open(nowhere), "The endpoint could not be reached, or broke off.");
  await look(page, "offline");

  const endpoint = await startEndpoint("--key", "the-right-one");
  const locked = { FOOTNOTE_BASE_URL: endpoint.address, FOOTNOTE_CHAT_MODEL: "loopback-chat" };
  await askInVain(page, await open(locked), "The endpoint does not accept the key.");
  await look(page, "no-key");
  endpoint.process.kill();
});

async function askInVain(page: Page, desk: Desk, reason: string) {
  await page.goto(desk.window);
  await addSample(page);
  await page.getByTestId("question").fill("How much did the restoration cost in all?");
  await page.getByTestId("question").press("Enter");
  await expect(page.getByRole("article")).toContainText(reason);
}
