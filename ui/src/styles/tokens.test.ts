import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

const components = import.meta.glob<string>("../**/*.svelte", {
  query: "?raw",
  import: "default",
  eager: true,
});
const tokens = readFileSync("src/styles/tokens.css", "utf8");

it("lets components name meanings, never colours", () => {
  const colours = Object.entries(components).flatMap(([path, source]) =>
    [...source.matchAll(/#[0-9a-f]{3,8}\b(?=[^{]*;)|\b(?:rgb|hsl|oklch)\(/gi)].map(
      ([colour]) => `${path}: ${colour}`,
    ),
  );
  expect(Object.keys(components).length).toBeGreaterThan(20);
  expect(colours).toEqual([]);
});

it("knows every token that a component names and does not set itself", () => {
  const known = new Set(tokens.match(/--[a-z0-9-]+(?=:)/g));
  const named = Object.values(components).flatMap((source) => {
    const own = new Set(source.match(/(?<=style:)--[a-z0-9-]+/g));
    return (source.match(/(?<=var\()--[a-z0-9-]+/g) ?? []).filter((token) => !own.has(token));
  });
  expect(named.filter((token) => !known.has(token))).toEqual([]);
});
