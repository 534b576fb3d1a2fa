import { expect, it } from "vitest";

import { document } from "../../tests/fixtures";
import { documentTree, type Order, treeRows } from "./documentTree";

const failure = { document: "/logs/b.pdf", reason: { code: "empty" } } as const;
const documents = [
  document(1, "/letters/a.txt"),
  document(2, "/logs/page10.pdf", { title: "The storm" }),
  document(3, "/logs/page9.pdf"),
  document(4, "/logs/1902/c.pdf"),
  document(5, "/logs/b.pdf", { failure }),
  document(6, "/logs/charts/north/d.pdf", { failure }),
];
const roots = documentTree(documents, ["/logs", "/logs/1902", "/empty"]);

/** Folders by their paths, documents by their ids, indented. */
function rows(folded: (string | null)[] = [], filter = "") {
  return treeRows(roots, new Set(folded), filter).map((row) =>
    [" ".repeat(row.depth), row.kind === "folder" ? row.folder.path : row.document.id].join(""),
  );
}

it("puts documents under their folders, by name, with single files last", () => {
  expect(rows()).toEqual([
    "/logs",
    " /logs/charts",
    "  /logs/charts/north",
    "   6",
    " 5",
    " 3",
    " 2",
    "/logs/1902",
    " 4",
    "/empty",
    "",
    " 1",
  ]);
});

it("puts the newest, the largest, the longest, or what was not read in full, first", () => {
  const some = [
    document(1, "/logs/a.pdf"),
    document(2, "/logs/b.pdf", { pages: 90, modified_at: 90 }),
    document(3, "/logs/c.pdf", { failure, pages: 0 }),
    document(4, "/logs/d.pdf", { size: 90_000, warnings: ["Page 2 holds no text."] }),
  ];
  const ids = (order: Order) => documentTree(some, ["/logs"], order)[0]?.documents.map(({ id }) => id);
  expect(ids("name")).toEqual([1, 2, 3, 4]);
  expect(ids("date")).toEqual([2, 1, 3, 4]);
  expect(ids("size")).toEqual([4, 1, 2, 3]);
  expect(ids("pages")).toEqual([2, 1, 4, 3]);
  expect(ids("state")).toEqual([3, 4, 1, 2]);
});

it("counts what lies below a folder at any depth", () => {
  expect(roots.map(({ count, failed }) => [count, failed])).toEqual([
    [4, 2],
    [1, 0],
    [0, 0],
    [1, 0],
  ]);
});

it("leaves out what lies in folded folders", () => {
  expect(rows(["/logs", null])).toEqual(["/logs", "/logs/1902", " 4", "/empty", ""]);
  expect(rows(["/logs/charts"]).slice(0, 3)).toEqual(["/logs", " /logs/charts", " 5"]);
});

it("filters by path and by title, and keeps the folders on the way", () => {
  expect(rows([], " STORM")).toEqual(["/logs", " 2"]);
  expect(rows([], "north")).toEqual(["/logs", " /logs/charts", "  /logs/charts/north", "   6"]);
  expect(rows([], "nowhere")).toEqual([]);
});

it("sorts ten thousand documents within a few frames", () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    document(index, `/logs/${index % 90}/${index % 7}/page-${index}.pdf`),
  );
  const started = performance.now();
  expect(treeRows(documentTree(many, ["/logs"]), new Set(), "")).toHaveLength(10_000 + 1 + 90 + 630);
  expect(performance.now() - started).toBeLessThan(2_000);
});
