import { expect, it } from "vitest";

import { extensions, fileName, foldersBelow, isBelow } from "./paths";

it("names a file by the last part of its path, on either kind of system", () => {
  expect(fileName("/home/reader/tide tables.pdf")).toBe("tide tables.pdf");
  expect(fileName("C:\\Users\\reader\\log.pdf")).toBe("log.pdf");
  expect(fileName("/home/reader/Logs/")).toBe("Logs");
});

it("tells a folder's files from those of a folder with a longer name", () => {
  expect(isBelow("/logs/1902.pdf", "/logs")).toBe(true);
  expect(isBelow("/logs/1902.pdf", "/logs/")).toBe(true);
  expect(isBelow("/logs-old/1902.pdf", "/logs")).toBe(false);
  expect(isBelow("C:\\logs\\1902.pdf", "C:\\logs")).toBe(true);
});

it("names the folders between a folder and its file", () => {
  expect(foldersBelow("/logs/1902/autumn/storm.pdf", "/logs")).toEqual(["/logs/1902", "/logs/1902/autumn"]);
  expect(foldersBelow("/logs/storm.pdf", "/logs/")).toEqual([]);
  expect(foldersBelow("C:\\logs\\1902\\storm.pdf", "C:\\logs")).toEqual(["C:\\logs\\1902"]);
});

it("knows the extensions of files, the most frequent first", () => {
  expect(extensions(["/a.b/c.tar.gz", "d.PDF", "e.pdf", ".profile", "/a.b/README"])).toEqual(["pdf", "gz"]);
});
