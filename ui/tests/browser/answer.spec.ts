import type { Page } from "@playwright/test";

import type { AnswerEvent } from "../../src/api/AnswerEvent";
import { answer, citation } from "../fixtures";
import { addSample, ask, expect, look, test } from "./window";

/** Has the next questions answered by these events. */
async function answerWith(page: Page, ...events: AnswerEvent[]) {
  const body = events.map((event) => JSON.stringify(event)).join("\n") + "\n";
  await page.route("**/api/ask", (route) => route.fulfill({ body, contentType: "application/json" }));
}

const formulas = [
  "The growth rate over $n$ years is \\(r = \\left(\\frac{V_n}{V_0}\\right)^{1/n} - 1\\) [1], which cost $1.2 billion and $3 a head.",
  "$$\n\\sum_{i=1}^{n} x_i = \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\cdot \\sqrt{\\int_0^1 f(t)\\,dt}\n$$",
  "\\[ \\begin{aligned} \\text{margin} &= \\frac{\\text{income}}{\\text{sales}} \\\\ &= 12.5\\,\\% \\quad [2] \\end{aligned} \\]",
  "- in a list: $E = mc^2$\n- damaged: $\\frac{a}{$, and $\\href{https://example.com}{a}$",
  "| quantity | formula |\n| --- | --- |\n| length | $|x|$ |",
].join("\n\n");

test("formulas are drawn, marks are explained, what was used is told", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  const citations = [
    citation(formulas, 1, { support: "partly" }),
    citation(formulas, 2, { support: "unsupported" }),
  ];
  await answerWith(page, { event: "done", answer: answer(formulas, { citations }) });
  await ask(page, "How is growth reckoned?");
  await expect(page.locator("math")).toHaveCount(6);
  await expect(page.getByTestId("answer")).toContainText("cost $1.2 billion and $3 a head");
  await expect(page.getByTestId("answer")).toContainText("$\\href{https://example.com}{a}$");
  await look(page, "formulas");

  await ask(page, "How is growth reckoned?");
  await page.getByText("Time and cost").last().click();
  await page.getByText("What the marks mean").last().click();
  await expect(page.getByText("Tokens of the whole conversation").last()).toBeVisible();
  await page.getByText("a check of the words").last().scrollIntoViewIfNeeded();
  await look(page, "legend");
});
