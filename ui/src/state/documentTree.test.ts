import { expect, it } from "vitest";

import { document } from "../../tests/fixtures";
import { groupDocuments, treeRows } from "./documentTree";

const failure = { document: "/logs/b.pdf", code: "empty", reason: "The file is empty." };
const documents = [
  document(1, "/letters/a.txt"),
  document(2, "/logs/page10.pdf", { title: "The storm" }),
  document(3, "/logs/page9.pdf"),
  document(4, "/logs/1902/c.pdf"),
  document(5, "/logs/b.pdf", { failure }),
];
const groups = groupDocuments(documents, ["/logs", "/logs/1902", "/empty"]);

/** Folders by their names, documents by their ids. */
function rows(folded: (string | null)[] = [], filter = "") {
  return treeRows(groups, new Set(folded), filter).map((row) =>
    row.kind === "folder" ? row.group.folder : row.document.id,
  );
}

it("puts documents under their innermost folder, by path, with single files last", () => {
  expect(rows()).toEqual(["/logs", 5, 3, 2, "/logs/1902", 4, "/empty", null, 1]);
  expect(groups.map(({ failed }) => failed)).toEqual([1, 0, 0, 0]);
});

it("leaves the documents of folded folders out", () => {
  expect(rows(["/logs", null])).toEqual(["/logs", "/logs/1902", 4, "/empty", null]);
});

it("filters by path and by title", () => {
  expect(rows([], " STORM")).toEqual(["/logs", 2]);
  expect(rows([], "1902")).toEqual(["/logs/1902", 4]);
  expect(rows([], "nowhere")).toEqual([]);
});
