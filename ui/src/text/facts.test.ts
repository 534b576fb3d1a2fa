import { expect, it } from "vitest";

import type { Fact } from "../api/Fact";
import { citation, facts } from "../../tests/fixtures";
import { alarmOf } from "./facts";

const year = (place: Fact["place"]): Fact => ({ kind: "figure", text: "1902", place });

function cited(marker: number, place: Fact["place"], near = true) {
  return citation(`In 1902 [${marker}].`, marker, { facts: facts({ near, items: [year(place)] }) });
}

it("names what stands in none of the sources side by side", () => {
  expect(alarmOf([cited(1, "nowhere")])).toEqual({ missing: ["1902"], isFar: false });
  expect(alarmOf([cited(1, "nowhere"), cited(2, "page")])).toBeNull();
  expect(alarmOf([cited(1, "in_part")])).toBeNull();
});

it("says where nothing is near", () => {
  expect(alarmOf([cited(1, "quote", false)])).toEqual({ missing: [], isFar: true });
  expect(alarmOf([cited(1, "quote", false), cited(2, "quote")])).toBeNull();
});

it("raises none for an answer that an earlier version graded", () => {
  expect(alarmOf([citation("[1]", 1, { facts: null, support: "unsupported" })])).toBeNull();
});
