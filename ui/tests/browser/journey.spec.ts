import { add, addSample, ask, expect, look, test } from "./window";

const QUESTION = "How much did the restoration cost in all?";

test("from an empty library over a question to the marked page", async ({ page, desk }) => {
  await page.goto(desk.window);
  await expect(page.getByText("Drop a folder anywhere")).toBeVisible();
  await look(page, "first-start");

  await addSample(page);
  await look(page, "library");

  await ask(page, QUESTION);
  await look(page, "answer");

  await page.getByTestId("citation").first().click();
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await look(page, "page-marked");

  await page.keyboard.press("Control+f");
  await page.getByRole("searchbox", { name: "Find in this document" }).fill("lantern");
  await expect(page.getByText(/^\d+ of 7$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "All pages" }).click();
  await look(page, "page-strip");
  await page.getByTestId("page-text").click();
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await look(page, "page-text");

  await page.keyboard.press("Escape");
  await expect(page.getByTestId("source-pane")).toHaveCount(0);
});

test("what is dropped is taken in, in a narrow window too", async ({ page, desk }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.goto(desk.window);
  await add(page, `${process.cwd()}/../src-tauri/sample`);
  await expect(page.getByTestId("document-row")).toHaveCount(4);
  await page.getByTestId("document-row").filter({ hasText: "Keeper's handbook.md" }).click();
  await expect(page.getByTestId("source-pane").getByRole("heading").nth(1)).toBeVisible();
  await look(page, "markdown");
});
