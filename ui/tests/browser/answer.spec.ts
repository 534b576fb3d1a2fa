import type { Page } from "@playwright/test";

import type { AnswerEvent } from "../../src/api/AnswerEvent";
import { answer, citation, facts, nothing } from "../fixtures";
import { startEndpoint } from "./loopback";
import { addSample, ask, expect, look, test } from "./window";

/** Has the next questions answered by these events. */
async function answerWith(page: Page, ...events: AnswerEvent[]) {
  const body = events.map((event) => JSON.stringify(event)).join("\n") + "\n";
  await page.route("**/api/ask", (route) => route.fulfill({ body, contentType: "application/json" }));
}

/** Facts of a sentence whose figure stands nowhere in what it cites. */
function missing(figure: string) {
  return facts({ items: [{ kind: "figure", text: figure, place: "nowhere" }] });
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
    citation(formulas, 1, { facts: facts({ wording: "word_for_word" }) }),
    citation(formulas, 2, { facts: missing("12.5 %") }),
  ];
  await answerWith(page, { event: "done", answer: answer(formulas, { citations }) });
  await ask(page, "How is growth reckoned?");
  await expect(page.locator("math")).toHaveCount(6);
  await expect(page.getByTestId("answer")).toContainText("cost $1.2 billion and $3 a head");
  await expect(page.getByTestId("answer")).toContainText("$\\href{https://example.com}{a}$");
  await look(page, "formulas");

  await ask(page, "How is growth reckoned?");
  await page.getByText("Time and cost").last().click();
  await expect(page.getByText("Tokens of the whole conversation").last()).toBeVisible();
  await page.getByText("is word for word").last().scrollIntoViewIfNeeded();
  await look(page, "legend");
});

test("each state of a sentence can be told from the others", async ({ page, desk }) => {
  test.slow();
  await page.goto(desk.window);
  await addSample(page);
  const sentences = [
    "The keeper lit the lamp when it grew dark, at 21 in June [1].",
    "The lamp was lit at dusk [2].",
    "It burned until 2019 [3].",
    "A green moon shone over the mole [4].",
    "The oil was renewed in May [5].",
    "The gauge was read twice a day.",
  ];
  const text = sentences.join(" ");
  const found = [{ kind: "figure" as const, text: "21", place: "quote" as const }];
  const citations = [
    citation(text, 1, { facts: facts({ items: found }) }),
    citation(text, 2, { facts: facts({ wording: "word_for_word" }) }),
    citation(text, 3, { facts: missing("2019") }),
    citation(text, 4, { facts: facts({ near: false }) }),
    citation(text, 5, { facts: null, support: "partly" }),
  ];
  const uncited = [{ start: text.indexOf("The gauge"), end: text.length }];
  const second_opinion = {
    model: "small-writer",
    opinions: (["supported", "supported", "unsupported", null, "partly"] as const).map(
      (support, citation) => ({ citation, support, reason: support ? "So says the source." : "" }),
    ),
    usage: answer("").usage,
    milliseconds: 1200,
  };
  await answerWith(page, { event: "done", answer: answer(text, { citations, uncited, second_opinion }) });
  await ask(page, "When was the lamp lit?");
  await expect(page.getByTestId("citation")).toHaveCount(5);
  await page.getByTestId("citation").first().scrollIntoViewIfNeeded();
  await look(page, "states");
  for (const [place, name] of ["found", "word-for-word", "missing", "nothing-near", "old-grade"].entries()) {
    await page.getByTestId("citation").nth(place).hover();
    await expect(page.getByRole("tooltip")).toBeVisible();
    await look(page, `card-${name}`);
    await page.mouse.move(0, 0);
    await expect(page.getByRole("tooltip")).toBeHidden();
  }
});

test("a refusal says what was looked for and shows what came closest", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  await answerWith(page, { event: "done", answer: answer("", { refused: true, nothing: nothing() }) });
  await page.getByTestId("question").fill("Who played the organ?");
  await page.getByTestId("question").press("Enter");
  await expect(page.getByTestId("stop")).toHaveCount(0);
  await look(page, "refused");
});

test("a second opinion stands apart from the marks, and another model can be asked", async ({
  page,
  open,
}) => {
  const endpoint = await startEndpoint();
  const desk = await open({ FOOTNOTE_BASE_URL: endpoint.address, FOOTNOTE_CHAT_MODEL: "loopback-chat" });
  await page.goto(desk.window);
  await addSample(page);
  const text = "The works cost 1,184,600 euros [1]. They were over in 1999 [2].";
  const citations = [citation(text, 1), citation(text, 2, { facts: missing("1999") })];
  const second_opinion = {
    model: "loopback-chat",
    opinions: [
      { citation: 0, support: "supported" as const, reason: "Source 1 names the sum." },
      { citation: 1, support: "unsupported" as const, reason: "Source 2 says 2021." },
    ],
    usage: answer("").usage,
    milliseconds: 1200,
  };
  await answerWith(page, { event: "done", answer: answer(text, { citations, second_opinion }) });
  await ask(page, "What did it cost?");
  await expect(page.getByTestId("second-opinion")).toContainText("disagrees Source 2 says 2021.");
  await look(page, "second-opinion");
  await page.getByTestId("ask-other").click();
  await expect(page.locator("datalist option").first()).toBeAttached();
  await look(page, "other-model");
  endpoint.process.kill();
});

test("an answer full of markup shows as text and calls nowhere", async ({ page, desk }) => {
  await page.goto(desk.window);
  await addSample(page);
  const markup = [
    "# A heading <img src='https://example.com/a.png' onerror='alert(1)'>",
    "<script>document.title = 'gone'</script> and <svg onload='alert(1)'></svg>",
    "![a picture](https://example.com/b.png), [a link](https://example.com/c), <https://example.com/d>",
    "[reference]: https://example.com/e 'and a [reference]'",
    "<style>@import 'https://example.com/f.css'</style><iframe src='https://example.com/g'></iframe>",
    "$\\includegraphics{https://example.com/h.png}$, `<b>` and",
    "```html\n<object data='https://example.com/i'></object>\n```",
  ].join("\n\n");
  const text = `${markup}\n\nSo it is [1].`;
  const citations = [citation(text, 1, { title: markup, quote: markup })];
  const second_opinion = {
    model: "<b>model</b>",
    opinions: [{ citation: 0, support: "partly" as const, reason: markup }],
    usage: answer("").usage,
    milliseconds: 1200,
  };
  await answerWith(
    page,
    { event: "standalone", question: markup },
    { event: "reasoning", text: markup },
    {
      event: "done",
      answer: answer(text, { citations, second_opinion, standalone: markup, filters: [markup] }),
    },
  );
  await ask(page, markup);
  await page.getByTestId("citation").hover();
  await expect(page.getByRole("tooltip")).toContainText("https://example.com/a.png");
  for (const piece of ["onerror='alert(1)'", "</script>", "[a link](https://example.com/c)", "<object"]) {
    await expect(page.getByTestId("answer")).toContainText(piece);
  }
  await expect(
    page.locator("main").locator("img, script, iframe, a, object, embed, style, link, svg[onload]"),
  ).toHaveCount(0);
  await expect(page).toHaveTitle("Footnote");
});
