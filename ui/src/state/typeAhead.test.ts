import { expect, it } from "vitest";

import { TypeAhead } from "./typeAhead";

const names = ["annual report", "Éclair.md", "eclipse.pdf", "ebb.txt", "tides.csv"];

/** Where the focus is after letters typed one after the other. */
function typed(letters: string, from = 0, pause = 100): number | undefined {
  const typeAhead = new TypeAhead();
  let current: number | undefined = from;
  Array.from(letters).forEach((letter, at) => {
    current = typeAhead.find(letter, at * pause, names, current ?? from) ?? current;
  });
  return current;
}

it("leads to the next name that begins with what was typed, whatever its accents and case", () => {
  expect(typed("t")).toBe(4);
  expect(typed("e")).toBe(1);
  expect(typed("ecli")).toBe(2);
  expect(typed("A", 4)).toBe(0);
});

it("goes through the names that begin alike with one letter again and again", () => {
  expect(typed("ee")).toBe(2);
  expect(typed("eee")).toBe(3);
  expect(typed("eeee")).toBe(1);
});

it("begins anew after a pause, and stays where no name begins so", () => {
  expect(typed("et", 0, 2000)).toBe(4);
  expect(typed("q", 3)).toBe(3);
});
