import { expect, it } from "vitest";

import { snippet } from "./snippet";

const marked = (text: string, ...searched: string[]) =>
  snippet(text, searched)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join("");

it("marks the words that were searched for, as they begin", () => {
  expect(marked("The lamp was\nlit; lamps burn, a clamp holds.", "lamp")).toBe(
    "The [lamp] was lit; [lamps] burn, a clamp holds.",
  );
});

it("shows a long passage around the first of them", () => {
  const text = `${"filler words ".repeat(40)}the lantern${" and so on".repeat(60)}`;
  const shown = marked(text, "Lantern");
  expect(shown).toMatch(/^… .*\[lantern\].* …$/);
  expect(shown.length).toBeLessThan(340);
});

it("shows the beginning where no word stands in it, whatever was typed", () => {
  expect(marked("At dusk.", "(")).toBe("At dusk.");
  expect(marked("At dusk.", "dawn", "a+b")).toBe("At dusk.");
});
