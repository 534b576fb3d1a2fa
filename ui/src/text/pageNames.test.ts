import { expect, it } from "vitest";

import { labelOf, pagesMeant } from "./pageNames";

const labels = [null, "i", "ii", "1", "2", "6", "F-1", "F-2", "1"];

it("names a page by what is printed on it where that is not its number", () => {
  expect([1, 2, 4, 6, 9, 10].map((page) => labelOf(labels, page))).toEqual([
    undefined,
    "i",
    "1",
    undefined,
    "1",
    undefined,
  ]);
});

it("takes what is printed before what is counted", () => {
  expect(pagesMeant("2", labels, 12)).toEqual([5, 2]);
  expect(pagesMeant("1", labels, 12)).toEqual([4, 9, 1]);
  expect(pagesMeant(" II ", labels, 12)).toEqual([3]);
  expect(pagesMeant("f – 2", labels, 12)).toEqual([8]);
  expect(pagesMeant("12", labels, 12)).toEqual([12]);
  expect(pagesMeant("13", labels, 12)).toEqual([]);
  expect(pagesMeant("", labels, 12)).toEqual([]);
});
