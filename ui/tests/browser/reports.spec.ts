import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { harbourReport, reportPdf } from "./reports";
import { add, expect, look, test } from "./window";

const SIZES = [
  { width: 1024, height: 700 },
  { width: 2560, height: 1440 },
];
const YEARS = [2020, 2021, 2022];
const PAGES = 60;

/** A library of long reports that people wrote, filled by `footnote add`. */
const FILLED = process.env["FOOTNOTE_REPORTS"];

async function search(page: Page, query: string) {
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.type(query);
  await expect(page.getByTestId("found-document").first()).toBeVisible();
}

async function openFirst(page: Page) {
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("source-mark").first()).toBeInViewport();
  await expect(page.getByTestId("passage").first()).toBeFocused();
}

test("long reports that people wrote can be told apart, searched and read at once", async ({
  page,
  open,
}) => {
  test.skip(FILLED === undefined, "FOOTNOTE_REPORTS names no library");
  test.setTimeout(600_000);
  const desk = await open({}, FILLED);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(desk.window);
    await expect(page.getByTestId("document-row").first()).toBeVisible();
    await look(page, `long-reports-tree-${size.width}`);
    await search(page, "how revenue is recognised in the annual report");
    await look(page, `long-reports-search-${size.width}`);
    await openFirst(page);
    await look(page, `long-reports-page-${size.width}`);
    await page.keyboard.press("Escape");
  }
});

test("a library of long reports can be told apart, searched and read at once", async ({ page, desk }) => {
  test.setTimeout(300_000);
  const folder = join(desk.folder, "Reports");
  await mkdir(folder);
  for (const year of YEARS) {
    const name = `Harbour trust of the northern islands ${year} annual report.pdf`;
    await writeFile(join(folder, name), reportPdf(harbourReport(year, PAGES)), "latin1");
  }
  await page.goto(desk.window);
  await add(page, folder);

  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(desk.window);
    for (const year of YEARS) {
      await expect(page.getByText(new RegExp(`${year} annual report\\.pdf$`)).last()).toBeInViewport();
    }
    await look(page, `reports-tree-${size.width}`);

    await search(page, "reserves for buoys and repairs on the northern quay");
    await expect(page.getByText("The same in 2 other documents").first()).toBeVisible();
    await expect(page.getByTestId("found-document").first()).toContainText("2022");
    await look(page, `reports-search-${size.width}`);

    await openFirst(page);
    await look(page, `reports-page-${size.width}`);
    await page.keyboard.press("Escape");
  }
});

test("a page opens with its text as wide as the pane, and what is chosen is kept", async ({ page, desk }) => {
  const folder = join(desk.folder, "Reports");
  await mkdir(folder);
  await writeFile(join(folder, "report 2022.pdf"), reportPdf(harbourReport(2022, 3)), "latin1");
  await page.goto(desk.window);
  await add(page, folder);
  const zoom = page.getByRole("combobox", { name: "Size of the page" });
  const share = () =>
    page.evaluate(() => {
      const widths = [...document.querySelectorAll(".textLayer span")].map(
        (span) => span.getBoundingClientRect().width,
      );
      return Math.max(...widths) / (document.querySelector(".pages")?.clientWidth ?? 1);
    });
  await page.getByRole("button", { name: /^report 2022\.pdf/ }).click();
  await expect(zoom).toHaveValue("text");
  await expect.poll(share).toBeGreaterThan(0.88);
  await expect.poll(share).toBeLessThan(1);

  await zoom.selectOption("Fit width");
  await expect.poll(share).toBeLessThan(0.88);
  await page.getByRole("button", { name: "Larger" }).click();
  await expect(zoom).toHaveValue("by-hand");
  await page.reload();
  await page.getByRole("button", { name: /^report 2022\.pdf/ }).click();
  await expect(zoom).toHaveValue("width");
});
