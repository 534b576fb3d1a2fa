import { expect, it } from "vitest";

import { pastedPaths } from "./pastedPaths";

it("takes paths as file managers and terminals copy them", () => {
  expect(pastedPaths("/home/reader/Log books\n'/home/reader/tides.pdf'\n")).toEqual([
    "/home/reader/Log books",
    "/home/reader/tides.pdf",
  ]);
  expect(pastedPaths("file:///home/reader/Log%20books")).toEqual(["/home/reader/Log books"]);
  expect(pastedPaths('"C:\\Users\\reader\\Log books"')).toEqual(["C:\\Users\\reader\\Log books"]);
});

it("takes nothing from other text", () => {
  expect(pastedPaths("When was the lamp lit?")).toEqual([]);
  expect(pastedPaths("/home/reader\nand more")).toEqual([]);
  expect(pastedPaths("file://%")).toEqual([]);
  expect(pastedPaths("https://example.com/a")).toEqual([]);
});
