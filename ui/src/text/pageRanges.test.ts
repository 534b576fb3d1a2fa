import { expect, test } from "vitest";
import { pageRanges } from "./pageRanges";

test("pages in a row are a range", () => {
  expect(pageRanges([1, 3, 4, 5, 9, 10])).toBe("1, 3–5, 9–10");
  expect(pageRanges([])).toBe("");
});
