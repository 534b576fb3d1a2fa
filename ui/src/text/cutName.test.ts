import { expect, it } from "vitest";

import { cutName } from "./cutName";

it("keeps the end of a long name together, where its year and its kind stand", () => {
  const start = "Harbour trust, report of the board";
  expect(cutName(`${start}_2022Q2_earnings.pdf`)).toEqual([start, "_2022Q2_earnings.pdf"]);
});

it("cuts between the parts of a name", () => {
  expect(cutName("HARBOURTRUST_2022_8K_dated-2022-04-24.pdf")).toEqual([
    "HARBOURTRUST_2022_8K_dated",
    "-2022-04-24.pdf",
  ]);
  expect(cutName("Harbour trust of the northern islands 2022 annual report.pdf")[1]).toBe(
    "2022 annual report.pdf",
  );
});

it("cuts a short name in its middle, and none within a letter", () => {
  expect(cutName("log.md")).toEqual(["log", ".md"]);
  expect(cutName("a")).toEqual(["a", ""]);
  const decomposed = "e\u0301".repeat(20);
  expect(cutName(decomposed)).toEqual(["e\u0301".repeat(10), "e\u0301".repeat(10)]);
});
