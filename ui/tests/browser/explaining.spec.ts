import { addSample, ask, expect, look, test } from "./window";

test("a passage, and a page beside an answer, say where they stand in each step", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await ask(page, "How much did the restoration cost in all?");
  await page.getByRole("list", { name: "Footnotes" }).getByRole("button").first().click();
  await page.getByTestId("why").click();
  const dialog = page.getByRole("dialog", { name: "Why was this found?" });
  await expect(dialog.getByRole("row", { name: /^Words of the passage/ })).toContainText(
    /\d(st|nd|rd|th) of/,
  );
  await expect(dialog).toContainText(/that the answer was written from: \d/);
  await look(page, "why-cited");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("why")).toBeFocused();

  await page.keyboard.press("Control+Shift+F");
  await page.getByTestId("search").fill("restoration costs varnish");
  await expect(page.getByTestId("passage").first()).toBeVisible();
  await page.getByTestId("search").press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("“varnish”");
  await look(page, "why-found");
});
