import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { DEVELOPMENT_HOST } from "./host";
import { startEndpoint } from "./loopback";
import { add, ask, expect, look, test } from "./window";

const PDFIUM = ["libpdfium.so", "libpdfium.dylib", "pdfium.dll"];

test("a scanned page is read by the vision model after a yes, and is cited then", async ({ page, open }) => {
  // Tesseract, where it is installed, takes its time over the page first, and the page is read twice.
  test.setTimeout(180_000);
  const canDraw = PDFIUM.some((library) => existsSync(join(dirname(DEVELOPMENT_HOST), library)));
  test.skip(!canDraw, "Without PDFium no page can be drawn.");
  const endpoint = await startEndpoint();
  const desk = await open({
    FOOTNOTE_BASE_URL: endpoint.address,
    FOOTNOTE_CHAT_MODEL: "loopback-chat",
    FOOTNOTE_VISION_MODEL: "loopback-vision",
    // Where no models are: else the one that comes with Footnote would read the page.
    FOOTNOTE_MODELS: tmpdir(),
  });
  const folder = join(desk.folder, "Scans");
  await mkdir(folder);
  await copyFile("../crates/extract/tests/scans/harbour.pdf", join(folder, "harbour.pdf"));
  await page.goto(desk.window);
  await add(page, folder);
  await page.getByRole("button", { name: "Read pages that are pictures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Read pages that are pictures" });
  await expect(dialog).toContainText("1 page would be sent to 127.0.0.1 as a picture");
  await look(page, "recognition");

  await dialog.getByTestId("recognise").click();
  const row = page.getByTestId("document-row").filter({ hasText: "harbour.pdf" });
  await row.getByRole("button", { name: "1 note on harbour.pdf" }).click();
  await expect(row).toContainText("loopback-vision read what stands there");
  await expect(row.getByRole("button", { name: /Read with/ })).toHaveCount(0);
  await ask(page, "How many bars has the page?");
  await page.getByTestId("citation").first().click();
  await expect(page.getByTestId("source-pane")).toContainText("This stands in the text read off the page");
  await look(page, "recognised");
  endpoint.process.kill();
});
