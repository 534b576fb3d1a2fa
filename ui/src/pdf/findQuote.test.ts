import { expect, it } from "vitest";

import { findQuote } from "./findQuote";

/** What the marks cover. */
function marked(strings: string[], quote: string): string[] {
  return findQuote(strings, quote).map((stretches) =>
    stretches.map(({ item, start, end }) => strings[item]?.slice(start, end)).join("|"),
  );
}

it("finds a quote over lines, in spite of hyphens, ligatures and spaces", () => {
  const page = ["The e\ufb03cient inter-", "national o\ufb03ce", " opened  in", "1871."];
  expect(marked(page, "international office opened in 1871")).toEqual([
    "inter|national o\ufb03ce|opened  in|1871",
  ]);
  expect(marked(page, "efficient")).toEqual(["e\ufb03cient"]);
});

it("reads quotation marks, soft hyphens and composed letters alike", () => {
  expect(marked(["the \u201cke\u00adeper\u2019s\u201d cafe\u0301"], `the "keeper's" caf\u00e9`)).toEqual([
    "the \u201cke\u00adeper\u2019s\u201d cafe",
  ]);
});

it("gives every place, and none for a quote that is not there whole", () => {
  expect(marked(["12 gills, ", "then 12 gills"], "12 gills")).toEqual(["12 gills", "12 gills"]);
  expect(marked(["12 gills, then 9"], "12 gills then 9")).toEqual([]);
  expect(marked(["12 gills"], " \u2013 ")).toEqual([]);
});

it("counts letters outside the basic plane as the window does", () => {
  expect(findQuote(["\u{1f5fc} at Ard\u00e9"], "at ard\u00e9")).toEqual([[{ item: 0, start: 3, end: 10 }]]);
});
