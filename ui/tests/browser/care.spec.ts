import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { startEndpoint } from "./loopback";
import { addSample, ask, expect, look, test } from "./window";

test("the library is backed up, checked and restored in the window", async ({ page, desk }) => {
  const file = join(desk.folder, "library.footnote");
  page.on("dialog", (prompt) => prompt.accept(file));
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "How much did the restoration cost in all?");
  const documents = await page.getByTestId("document-row").count();
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Back up and check the library…" }).click();
  const dialog = page.getByRole("dialog", { name: "Back up and check" });
  await look(page, "care");
  await dialog.getByRole("button", { name: "Back up…" }).click();
  await expect(dialog).toContainText("The backup is written and checked");
  expect((await readFile(file)).subarray(-16).toString()).toBe("footnote backup1");

  await dialog.getByRole("button", { name: "Check the library" }).click();
  await expect(dialog).toContainText("The library is whole.");

  await dialog.getByRole("button", { name: "Restore a backup…" }).click();
  await look(page, "care-restore");
  await dialog.getByRole("button", { name: "Replace" }).click();
  await expect(dialog).toContainText("Restored, as it was on");
  await look(page, "care-restored");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("document-row")).toHaveCount(documents);
  await ask(page, "How much did the restoration cost in all?");
});

test("what left the computer is shown, and that nothing did", async ({ page, open }) => {
  const endpoint = await startEndpoint();
  const desk = await open({ FOOTNOTE_BASE_URL: endpoint.address, FOOTNOTE_CHAT_MODEL: "loopback-chat" });
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "How much did the restoration cost in all?");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("what left");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "What left this computer" });
  await expect(dialog).toContainText("Nothing has left this computer.");
  await dialog.getByText("To servers on this computer").click();
  await expect(dialog.getByRole("row", { name: /^Embedding of documents/ })).toContainText(/\d texts of/);
  await expect(dialog.getByRole("row", { name: /^Answers/ })).toBeVisible();
  await dialog.getByText(/^The last \d+ requests$/).click();
  await look(page, "ledger");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  endpoint.process.kill();
});
