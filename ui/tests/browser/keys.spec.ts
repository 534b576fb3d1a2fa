import type { Page } from "@playwright/test";

import { addSample, expect, look, test } from "./window";

/** Goes on by the Tab key until what is looked for has the focus. */
async function tabTo(page: Page, selector: string, key = "Tab") {
  for (let stop = 0; stop < 80; stop += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} is not reached by ${key}`);
}

test("a journey of keys alone: asking, reading, searching, and the tree", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  const question = page.getByTestId("question");

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.type("How much did the restoration cost in all?");
  await expect(question).toHaveValue("How much did the restoration cost in all?");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("citation").first()).toBeVisible();
  await expect(page.getByTestId("stop")).toHaveCount(0);

  await tabTo(page, "[data-testid=citation]", "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-testid=citation]:focus")).toHaveCount(1);

  await page.keyboard.press("Control+Shift+F");
  await expect(page.getByTestId("search")).toBeFocused();
  await page.keyboard.type("bronze frames");
  await expect(page.getByTestId("passage").first()).toContainText(/bronze frames/i);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("passage").first()).toBeFocused();
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByTestId("search")).toBeFocused();
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+e");
  await expect(question).toBeFocused();
  for (const [keys, name] of [
    ["Control+,", "Settings"],
    ["Control+h", "Conversations"],
    ["Control+k", "All actions"],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(question).toBeFocused();
  }
  await page.keyboard.press("Control+,");
  await tabTo(page, "[aria-label=Close]");
  await page.keyboard.press("Enter");
  await expect(question).toBeFocused();

  await tabTo(page, ".tree", "Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("keep");
  const row = page.getByRole("button", { name: /^Keeper's handbook\.md/ });
  await expect(row).toBeFocused();
  await expect(page.locator("p[popover]")).toContainText("Keeper's handbook.md");
  await look(page, "tree-path");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("dialog")).toContainText("will no longer be searched");
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("source-pane")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(row).not.toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(row).toHaveCount(0);
});
