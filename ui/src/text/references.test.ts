import { expect, it } from "vitest";

import { answer, citation } from "../../tests/fixtures";
import { withReferences } from "./references";

it("puts each footnote below the answer once, with its quote in one line", () => {
  const text = "At dusk [2]. Wound [1], at dusk [2].";
  const dusk = citation(text, 2, { quote: "lit at\ndusk" });
  const citations = [dusk, citation(text, 1, { page: 5, quote: "wound the clock" }), { ...dusk }];
  expect(withReferences(answer(text, { citations }))).toBe(
    `When was the lamp lit?

${text}

[1] keepers-log.pdf · page 5: “wound the clock”
[2] keepers-log.pdf · page 3: “lit at dusk”`,
  );
});

it("says which footnotes Footnote has matched", () => {
  const text = "At dusk.[1]";
  const citations = [citation(text, 1, { quote: "lit at dusk", matched: true })];
  expect(withReferences(answer(text, { citations }))).toContain(
    "[1] keepers-log.pdf · page 3 (matched by Footnote): “lit at dusk”",
  );
});
