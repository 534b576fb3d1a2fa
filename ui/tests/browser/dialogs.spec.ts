import { addSample, ask, expect, look, test } from "./window";

test("settings and earlier conversations open over the window", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "How much did the restoration cost in all?");
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await look(page, "settings");
  await page.getByRole("combobox", { name: "Models" }).selectOption({ index: 1 });
  await look(page, "settings-endpoint");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Earlier conversations" }).click();
  await expect(page.getByRole("dialog", { name: "Conversations" })).toContainText("restoration");
  await look(page, "conversations");
});
