import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { preview } from "vite";

import { startHost } from "./host";

export { expect };

const HOST = "127.0.0.1";

/** A folder of this test's own, and the address of a window over a library in it. */
export interface Desk {
  folder: string;
  /** Where the window is served. */
  window: string;
}

interface Fixtures {
  /** Opens a library over models that the environment names: a new one, or a copy of one that is filled. */
  open: (environment: Record<string, string>, filled?: string) => Promise<Desk>;
  /** A library over the built-in models. */
  desk: Desk;
}

export const test = base.extend<Fixtures>({
  // Playwright wants to see a pattern here.
  // eslint-disable-next-line no-empty-pattern
  open: async ({}, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    await use(async (environment, filled) => {
      const folder = await mkdtemp(join(tmpdir(), "footnote-"));
      const library = join(folder, "library");
      if (filled !== undefined) await cp(filled, library, { recursive: true });
      const { process: host, address } = await startHost(library, environment);
      const headers = { "content-security-policy": await contentSecurityPolicy() };
      const server = await preview({
        preview: { port: 0, host: HOST, proxy: { "/api": address }, headers },
      });
      ends.push(
        () => server.close(),
        async () => host.kill(),
        () => rm(folder, { recursive: true }),
      );
      return { folder, window: server.resolvedUrls?.local[0] ?? "" };
    });
    for (const end of ends) await end();
  },

  desk: async ({ open }, use) => use(await open({})),

  /** A page that calls anywhere but this window, or breaks its policy, fails its test. */
  page: async ({ page }, use) => {
    const broken: string[] = [];
    page.on("request", (request) => {
      // A `data:` or `blob:` address has no host.
      if (!["", HOST].includes(new URL(request.url()).hostname)) broken.push(`asked for ${request.url()}`);
    });
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) broken.push(message.text());
    });
    page.on("pageerror", (error) => broken.push(String(error)));
    await use(page);
    expect(broken).toEqual([]);
  },
});

/** The one of the desktop window. */
async function contentSecurityPolicy(): Promise<string> {
  const { app } = JSON.parse(await readFile("../src-tauri/tauri.conf.json", "utf8"));
  return Object.entries(app.security.csp as Record<string, string>)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}

/** Takes folders and files in, as if they had been dropped. */
export async function add(page: Page, ...paths: string[]) {
  await drop(page, ...paths);
  await untilIndexed(page);
}

export async function drop(page: Page, ...paths: string[]) {
  await expect(page.getByRole("main")).toBeVisible();
  await page.evaluate((paths) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", paths.join("\n"));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  }, paths);
}

export async function addSample(page: Page) {
  await page.getByTestId("add-sample").click();
  await untilIndexed(page);
}

async function untilIndexed(page: Page) {
  await expect(page.getByTestId("document-row").first()).toBeVisible();
  // The embedding model takes a tenth of a second for each passage of a long document.
  await expect(page.getByTestId("cancel-indexing")).toHaveCount(0, { timeout: 120_000 });
}

export async function ask(page: Page, question: string) {
  await page.getByTestId("question").fill(question);
  await page.getByTestId("question").press("Enter");
  await expect(page.getByTestId("answer").last()).not.toBeEmpty();
  await expect(page.getByTestId("stop")).toHaveCount(0);
}

/** Looks at the view in light and dark: no rule of axe is broken; a picture is kept for people to look at. */
export async function look(page: Page, name: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(() => document.fonts.ready);
    await expect(page.locator(".pdfViewer .loading")).toHaveCount(0);
    await page.screenshot({ path: `test-results/views/${name}-${colorScheme}.png` });
    // What pdf.js lays over a page is the document's own: its structure, and text on a picture of it.
    const { violations } = await new AxeBuilder({ page }).exclude([".pdfViewer"]).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(told, `${name}, ${colorScheme}`).toEqual([]);
  }
}
