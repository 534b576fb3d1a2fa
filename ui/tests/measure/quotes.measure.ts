/**
 * How many quotes are marked exactly where they stand: the gold evidence of a folder of questions, and what the
 * engine itself cites in its answers to them.
 *
 * The folder holds `docs/` and `questions.jsonl` with `question`, `document`, `pages` and `evidence` on each line.
 */
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";

import { expect, test } from "@playwright/test";
import { createServer } from "vite";

import type { AnswerEvent } from "../../src/api/AnswerEvent";
import type { DocumentSummary } from "../../src/api/DocumentSummary";
import { startHost } from "../browser/host";
import type { Placement } from "./placement";

const FOLDER = resolve(process.env["FOOTNOTE_QUESTIONS"] ?? "");

interface Question {
  question: string;
  document: string;
  pages: number[];
  evidence?: string[];
}

interface Wanted {
  documentId: number;
  /** Where it may stand: gold pages do not say which of them holds which quote. */
  pages: number[];
  quote: string;
}

test("quotes are marked where they stand", async ({ page }) => {
  const host = await startHost(`../target/measure/${basename(FOLDER)}`);
  const server = await createServer({
    server: { port: 0, strictPort: false, proxy: { "/api": host.address } },
  });
  await server.listen();
  await page.goto(`${server.resolvedUrls?.local[0]}tests/measure/`);

  const call = async (command: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${host.address}/api/${command}`, init)).text();
  };
  await call("add", { request: { paths: [`${FOLDER}/docs`] } });
  const documents: DocumentSummary[] = JSON.parse(await call("documents", {}));
  const ids = new Map(documents.map(({ path, id }) => [path, id]));
  const lines = (await readFile(`${FOLDER}/questions.jsonl`, "utf8")).trim().split("\n");
  const questions = lines.map((line): Question => JSON.parse(line));

  const gold = questions.flatMap(({ document, pages, evidence = [] }) =>
    evidence.map((quote): Wanted => {
      return { documentId: ids.get(`${FOLDER}/docs/${document}`) ?? 0, pages, quote };
    }),
  );
  const cited: Wanted[] = [];
  for (const { question } of questions) {
    const request = { question, conversation: null, document: null, folder: null };
    const last = (await call("ask", { request })).trim().split("\n").at(-1) ?? "";
    const event: AnswerEvent = JSON.parse(last);
    if (event.event !== "done") continue;
    const places = event.answer.citations.filter(({ document }) => document.endsWith(".pdf"));
    cited.push(
      ...places.map(({ document_id, page, quote }) => ({ documentId: document_id, pages: [page], quote })),
    );
  }

  for (const [name, quotes] of Object.entries({ gold, cited })) {
    const counts = new Map<Placement, number>();
    for (const wanted of quotes) {
      const placement = await page.evaluate((wanted) => globalThis.placement(wanted), wanted);
      counts.set(placement, (counts.get(placement) ?? 0) + 1);
      if (placement === "missing" || placement === "elsewhere") {
        console.log(
          `${placement}: document ${wanted.documentId}, pages ${wanted.pages.join(", ")}: ${wanted.quote.slice(0, 80)}`,
        );
      }
    }
    console.log(`${basename(FOLDER)}, ${name}: ${quotes.length} quotes`, Object.fromEntries(counts));
  }
  expect(gold.length + cited.length).toBeGreaterThan(0);
  await server.close();
  host.process.kill();
});
