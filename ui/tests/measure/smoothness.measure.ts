/** How the window keeps up: typing while files are indexed, 10,000 documents in the tree, 500 answers on the screen. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { drop, expect, test } from "../browser/window";

const DOCUMENTS = 10_000;
const ANSWERS = 500;
/** Reading them takes minutes on a slow computer. */
const INDEXED_MS = 15 * 60_000;

test("the window keeps up", async ({ page, desk }) => {
  const folder = join(desk.folder, "Letters");
  for (let index = 0; index < DOCUMENTS; index += 1) {
    const inner = join(folder, `${Math.floor(index / 100)}`);
    if (index % 100 === 0) await mkdir(inner, { recursive: true });
    const text = `Letter ${index}. The lamp of tower ${index % 97} was lit at ${index % 24} o'clock and burned well.`;
    await writeFile(join(inner, `letter ${index}.txt`), text);
  }
  await page.goto(desk.window);
  await page.getByTestId("add-sample").click();
  await expect(page.getByTestId("question")).toBeVisible();
  await expect(page.getByTestId("cancel-indexing")).toHaveCount(0);

  await drop(page, folder);
  await expect(page.getByTestId("cancel-indexing")).toBeVisible();
  await watchFrames(page);
  const keys = await typingDelays(page);
  console.log(`keystroke to paint while indexing: ${told(keys)}; frames: ${told(await frames(page))}`);
  await expect(page.getByTestId("cancel-indexing")).toHaveCount(0, { timeout: INDEXED_MS });

  await watchFrames(page);
  await scroll(page, page.getByRole("group", { name: "Documents" }));
  console.log(`frames while ${DOCUMENTS} documents are scrolled: ${told(await frames(page))}`);

  let conversation: number | null = null;
  for (let index = 0; index < ANSWERS; index += 1) {
    conversation = await page.evaluate(askOverHttp, [index, conversation] as const);
  }
  await page.getByRole("button", { name: "Earlier conversations" }).click();
  const started = Date.now();
  await page.getByRole("dialog").getByRole("listitem").first().getByRole("button").first().click();
  await expect(page.getByRole("article")).toHaveCount(ANSWERS, { timeout: 60_000 });
  console.log(`${ANSWERS} answers on the screen after ${Date.now() - started} ms`);
  await watchFrames(page);
  await scroll(page, page.getByRole("article").last());
  console.log(`frames while they are scrolled: ${told(await frames(page))}`);
  console.log(`keystroke to paint beside them: ${told(await typingDelays(page))}`);
});

async function askOverHttp([index, conversation]: readonly [number, number | null]): Promise<number> {
  const request = { question: `When was the lamp of tower ${index % 97} lit?`, conversation };
  const response = await fetch("/api/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ request }),
  });
  const last = (await response.text()).trim().split("\n").at(-1) ?? "";
  return JSON.parse(last).answer.conversation;
}

/** From a key to the frame that shows it, in milliseconds. */
async function typingDelays(page: Page): Promise<number[]> {
  const area = page.getByTestId("question");
  await area.focus();
  await area.evaluate((area) => {
    globalThis.keyDelays = [];
    area.addEventListener("keydown", ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => globalThis.keyDelays.push(performance.now() - timeStamp))),
    );
  });
  await page.keyboard.type("When was the lamp of the northern tower lit, and by whom?", { delay: 60 });
  return page.evaluate(() => globalThis.keyDelays);
}

async function watchFrames(page: Page) {
  await page.evaluate(() => {
    const frames: number[] = (globalThis.frameTimes = []);
    let last = performance.now();
    const look = (now: number) => {
      frames.push(now - last);
      last = now;
      if (globalThis.frameTimes === frames) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function frames(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const frames = globalThis.frameTimes;
    globalThis.frameTimes = [];
    return frames;
  });
}

async function scroll(page: Page, over: ReturnType<Page["locator"]>) {
  await over.hover();
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step < 30 ? 900 : -700);
  await page.waitForTimeout(200);
}

function told(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`;
}

declare global {
  var keyDelays: number[];
  var frameTimes: number[];
}
