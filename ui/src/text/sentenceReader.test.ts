import { expect, it } from "vitest";

import { SentenceReader } from "./sentenceReader";

it("reads each sentence once, when it is whole", () => {
  const reader = new SentenceReader();
  expect(reader.next("The lamp", false)).toEqual([]);
  expect(reader.next("The lamp was lit at 5.30 [1]. It", false)).toEqual(["The lamp was lit at 5.30 [1]."]);
  expect(reader.next("The lamp was lit at 5.30 [1]. It burned\n\n- till dawn", false)).toEqual(["It burned"]);
  expect(reader.next("The lamp was lit at 5.30 [1]. It burned\n\n- till dawn", true)).toEqual([
    "- till dawn",
  ]);
});

it("begins again where the text turned out to be thinking", () => {
  const reader = new SentenceReader();
  reader.next("I look at the log. Then I answer.", false);
  expect(reader.next("At dusk. ", true)).toEqual(["At dusk."]);
});

it("goes on where it was when markers are put into what was read", () => {
  const reader = new SentenceReader();
  reader.next("At dusk. It rained. It burned [2]. Till", false);
  const whole = "At dusk. [1] It rained. [1] It burned [2]. Till dawn [1].";
  expect(reader.next(whole, true)).toEqual(["Till dawn [1]."]);
});
