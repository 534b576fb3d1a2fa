import { expect, it } from "vitest";

import { lines, nearest } from "./boxes";

const box = (left: number, top: number) => ({ left, top, right: left + 20, bottom: top + 10 });

it("joins what stands on a line, and keeps columns apart", () => {
  expect(lines([box(10, 100), box(35, 101), box(10, 115), box(200, 115)])).toEqual([
    { left: 10, top: 100, right: 55, bottom: 111 },
    box(10, 115),
    box(200, 115),
  ]);
});

it("takes the place that the reading of the document has seen", () => {
  const places = [[box(10, 100)], [box(10, 300)]];
  expect(nearest(places, box(12, 290))).toBe(places[1]);
  expect(nearest(places, undefined)).toBe(places[0]);
  expect(nearest([], box(0, 0))).toBeUndefined();
});
