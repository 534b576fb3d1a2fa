import type { Answer } from "../../src/api/Answer";
import type { AnswerEvent } from "../../src/api/AnswerEvent";
import { answer, citation, facts, folder, passage } from "../fixtures";

const written = `The lamp was lit **at dusk on Tuesday** and burned until the fog lifted [1]. The keeper wound the clockwork every four hours [2], which the log calls "tedious work" [3].

- The wick was trimmed twice a night [2].
- Oil was measured in gills:

| Night | Oil | Wick |
| --- | --- | --- |
| Tuesday | 11 gills | trimmed twice [1] |
| Wednesday | 9 gills | replaced |

<img src="https://example.com/x.png"> and [a link](https://example.com) stay text.`;

const citations = [
  citation(written, 1, {
    facts: facts({ items: [{ kind: "name", text: "Tuesday", place: "nowhere" }] }),
  }),
  citation(written, 2, {
    document: `${folder}/guides/lamp-maintenance.md`,
    title: "Maintenance of the lamp",
    page: 1,
    quote: "The clockwork is to be wound every four hours, day and night, in all weathers.",
    facts: facts({ items: [{ kind: "figure", text: "four", place: "quote" }] }),
  }),
  citation(written, 3, { page: 5, quote: "wound the clock, oiled the pins", facts: facts({ near: false }) }),
  citation(
    written,
    2,
    { document: `${folder}/guides/lamp-maintenance.md`, page: 1 },
    written.indexOf("trimmed"),
  ),
  citation(written, 1, {}, written.indexOf("Tuesday |")),
];

const quoted = `"The lamp was lit at dusk and burned until the fog lifted." [1]\n\n"The clockwork is to be wound every four hours." [2]`;

const coverage = { searched: 5, files: 6, failed: 1, pages_without_text: 2, words_alone: false };

function complete(): Answer {
  return answer(written, { citations, coverage });
}

/** What a question brings, by a word in it. */
const byWord: Record<string, () => { answer: Answer; reasoning?: string; last?: AnswerEvent }> = {
  quote: () => ({
    answer: answer(quoted, {
      built_in: true,
      citations: [
        citation(quoted, 1),
        citation(quoted, 2, { document: `${folder}/guides/lamp-maintenance.md`, page: 1 }),
      ],
      coverage,
    }),
  }),
  refuse: () => ({
    answer: answer("", {
      refused: true,
      passages: [1, 2, 3].map((rank) =>
        passage(rank, { page_first: rank * 2, page_last: rank * 2 + (rank % 2) }),
      ),
      coverage,
    }),
  }),
  break: () => ({
    answer: answer(written.slice(0, 90), {
      state: "broken_off",
      citations: citations.slice(0, 1),
      error: {
        code: "endpoint",
        message: "models.example closed the connection in the middle of the answer.",
      },
      coverage,
    }),
  }),
  fail: () => {
    const error = {
      code: "key" as const,
      message: "models.example answered 401. Check the key of the endpoint.",
    };
    return { answer: answer(""), last: { event: "error", error } };
  },
  think: () => ({
    answer: complete(),
    reasoning:
      "The question is about the lamp. Source 1 says when it was lit; source 2 tells of the clockwork. ".repeat(
        4,
      ),
  }),
};

/** The events of an answer to `question`, as a host sends them. */
export function answerTo(question: string): AnswerEvent[] {
  const word = Object.keys(byWord).find((word) => question.includes(word));
  const { answer, reasoning = "", last } = (word && byWord[word]?.()) || { answer: complete() };
  const tokens = answer.answer.split(/(?<= )/).flatMap((text): AnswerEvent[] => {
    const marker = /\[(\d)\]/.exec(text)?.[1];
    const cited = answer.citations.find((one) => one.marker === Number(marker));
    return [{ event: "token", text }, ...(cited ? [{ event: "citation" as const, citation: cited }] : [])];
  });
  return [
    { event: "passages", passages: answer.passages },
    ...reasoning
      .split(/(?<= )/)
      .filter(Boolean)
      .map((text): AnswerEvent => ({ event: "reasoning", text })),
    ...tokens,
    last ?? { event: "done", answer: { ...answer, question } },
  ];
}
