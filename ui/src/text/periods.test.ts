import { expect, it } from "vitest";

import { periodFrom, periods } from "./periods";

const at = (date: string) => new Date(`${date}T12:00`).getTime() / 1000;
const now = at("2024-06-15");

it("offers the stretches of time that part the files", () => {
  const changed = ["2024-06-14", "2024-05-30", "2024-01-02", "2023-12-31", "2020-03-01"].map(at);
  expect(periods(changed, now).map(({ after, before }) => [after, before])).toEqual([
    ["2024-06-08", null],
    ["2024-05-16", null],
    ["2024", "2025"],
    ["2023", "2024"],
    ["2020", "2021"],
  ]);
});

it("offers none that all files are in", () => {
  expect(periods([at("2024-06-14"), at("2024-06-13")], now)).toEqual([]);
  expect(periods([], now)).toEqual([]);
});

it("ends a year with itself", () => {
  expect(periodFrom("2023")).toMatchObject({ after: "2023", before: "2024" });
  expect(periodFrom("2024-06-08")).toEqual({ after: "2024-06-08", before: null });
});
