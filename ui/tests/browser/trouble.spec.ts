import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { document } from "../fixtures";
import { startEndpoint } from "./loopback";
import { add, ask, expect, look, test } from "./window";

test("files that cannot be read are listed with the reason, and can be tried again", async ({
  page,
  desk,
}) => {
  const folder = join(desk.folder, "Papers");
  await mkdir(folder);
  await writeFile(join(folder, "damaged.pdf"), "%PDF-1.7\nthis was never a document");
  await writeFile(
    join(folder, "hours.txt"),
    "The café opens at seven in the morning, but on Mondays at nine.",
  );
  await page.goto(desk.window);
  await add(page, folder);
  const failed = page.getByTestId("document-row").filter({ hasText: "damaged.pdf" });
  await expect(failed).toContainText("not read");
  await failed.getByRole("button").first().click();
  await look(page, "failure");

  await writeFile(join(folder, "damaged.pdf"), "It was plain text all along.");
  await failed.getByRole("button", { name: "Try again: damaged.pdf" }).click();
  await expect(page.getByText("not read")).toHaveCount(0);
});

test("a locked file asks for its password, and says where it was another one", async ({ page, desk }) => {
  const path = join(desk.folder, "plan.pdf");
  const failure = {
    document: path,
    reason: { code: "encrypted" as const },
    missing: "password" as const,
  };
  await page.route("**/api/documents", (route) => route.fulfill({ json: [document(1, path, { failure })] }));
  await page.route("**/api/unlock_document", (route) =>
    route.fulfill({ json: { failure, remembered: false } }),
  );
  await page.goto(desk.window);
  await page.getByRole("button", { name: "plan.pdf, not read" }).click();
  await page.getByRole("button", { name: "Enter password…: plan.pdf" }).click();
  await expect(page.getByTestId("password")).toBeFocused();
  await page.keyboard.type("seagull");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is not the password.")).toBeVisible();
  await look(page, "locked");
});

test("a locked file is drawn once it was opened with its password", async ({ page, desk }) => {
  const folder = join(desk.folder, "Locked");
  await mkdir(folder);
  await copyFile(join(import.meta.dirname, "locked.pdf"), join(folder, "tides.pdf"));
  await page.goto(desk.window);
  await add(page, folder);
  await page.getByRole("button", { name: "tides.pdf, not read" }).click();
  await page.getByRole("button", { name: "Enter password…: tides.pdf" }).click();
  await page.keyboard.type("harbour-4711");
  await page.keyboard.press("Enter");
  const row = page.getByTestId("document-row").filter({ hasText: "tides.pdf" });
  await expect(row).toContainText("1 page");
  await row.getByRole("button").first().click();
  await expect(
    page.locator(".textLayer").getByText("The tide gauge stands at the north quay."),
  ).toBeVisible();
});

test("while something is dragged over it the window says what a drop will do", async ({ page, desk }) => {
  await page.goto(desk.window);
  await expect(page.getByTestId("add-sample")).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new DragEvent("dragover", { cancelable: true })));
  await expect(page.getByTestId("drop-overlay")).toBeVisible();
  await look(page, "drop");
});

test("documents and answers full of markup show as text and call nowhere", async ({ page, desk }) => {
  const folder = join(desk.folder, "Markup");
  await mkdir(folder);
  const markup = [
    "# The lantern <img src='https://example.com/a.png' onerror='alert(1)'>",
    "The lantern of Ardé burns oil <script>document.title = 'gone'</script> at dusk.",
    "![The lantern](https://example.com/lantern.png) and [the keeper](https://example.com/keeper)",
    "<iframe src='https://example.com'></iframe>",
  ];
  await writeFile(join(folder, "<b>lantern<b>.md"), markup.join("\n\n"));
  await writeFile(join(folder, "lantern.html"), `<body><p>${markup.join("</p><p>")}</p></body>`);
  await page.goto(desk.window);
  await add(page, folder);
  await ask(page, "When does the lantern of Ardé burn oil?");
  for (const row of await page.getByTestId("document-row").all()) {
    await row.getByRole("button").first().click();
    await expect(page.getByTestId("source-pane")).toContainText("burns oil");
    await expect(page.locator("img, script:not([src]), iframe, a[href], object, embed")).toHaveCount(0);
  }
  await expect(page).toHaveTitle("Footnote");
  await look(page, "markup");
});

test.describe("with an endpoint", () => {
  test("an answer streams, is stopped, and breaks off when the endpoint does", async ({ page, open }) => {
    const endpoint = await startEndpoint();
    const desk = await open({
      FOOTNOTE_BASE_URL: endpoint.address,
      FOOTNOTE_CHAT_MODEL: "loopback-chat",
    });
    await page.goto(desk.window);
    await page.getByTestId("add-sample").click();
    await expect(page.getByTestId("document-row")).toHaveCount(4);
    await expect(page.getByTestId("cancel-indexing")).toHaveCount(0);

    const question = page.getByTestId("question");
    const answers = page.getByTestId("answer");
    await question.fill("How much did the restoration cost in all?");
    await question.press("Enter");
    await expect(answers.last()).not.toBeEmpty();
    await page.getByTestId("stop").click();
    await expect(page.getByText("You stopped this answer.")).toBeVisible();
    await look(page, "stopped");

    await question.fill("Who keeps the light?");
    await question.press("Enter");
    await expect(answers.last()).not.toContainText(/Searching|Reading/);
    endpoint.process.kill();
    await expect(page.getByText("The answer broke off.")).toBeVisible();
    await look(page, "broken-off");
  });
});
