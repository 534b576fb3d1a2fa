import { expect, it } from "vitest";

import { page } from "../../tests/fixtures";
import type { PageBlock } from "../api/PageBlock";
import { cells, groupBlocks } from "./pageBlocks";

const text = "Oil\nTuesday\t11 gills\nWednesday\t9 gills\nMeasured at dusk.";

function block(kind: PageBlock["kind"], quote: string): PageBlock {
  const start = text.indexOf(quote);
  return { kind, level: kind === "heading" ? 1 : 0, range: { start, end: start + quote.length } };
}

const rows = [block("table_row", "Tuesday\t11 gills"), block("table_row", "Wednesday\t9 gills")];

it("draws the rows of a table together", () => {
  const blocks = [block("heading", "Oil"), ...rows, block("paragraph", "Measured at dusk.")];
  const groups = groupBlocks(page({ text, blocks }));
  expect(groups.map(({ kind }) => kind)).toEqual(["heading", "table", "paragraph"]);
});

it("parts a row at its tabs", () => {
  const [first] = rows;
  const parts = first ? cells(text, first) : [];
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(["Tuesday", "11 gills"]);
});

it("shows a page without structure as one paragraph", () => {
  const [group] = groupBlocks(page({ text, blocks: [] }));
  expect(group).toMatchObject({ kind: "paragraph", block: { range: { start: 0, end: text.length } } });
});
