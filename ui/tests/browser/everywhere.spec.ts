import { addSample, ask, expect, look, test } from "./window";

test("passages appear as one types, and open on their page", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await page.keyboard.press("Control+Shift+F");
  await expect(page.getByTestId("search")).toBeFocused();
  await look(page, "search-empty");
  await page.keyboard.type("bronze frames");
  await expect(page.getByTestId("passage").first()).toContainText(/bronze frames/i);
  await look(page, "search");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await look(page, "search-page");
});

test("all can be reached by keys: actions, documents, citations", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "How much did the restoration cost in all?");

  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("palette")).toBeFocused();
  await look(page, "palette");
  await page.keyboard.type("restor");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("source-pane")).toContainText("Page 1 of 8");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+/");
  await look(page, "shortcuts");
  await page.keyboard.press("Escape");

  await page.getByTestId("citation").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await page.keyboard.press("Control+]");
  await expect(page.getByTestId("citation").nth(1)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Control+b");
  await expect(page.getByRole("region", { name: "Library" })).toHaveCount(0);
  await look(page, "library-folded");
});
