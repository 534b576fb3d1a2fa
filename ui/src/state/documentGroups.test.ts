import { expect, it } from "vitest";

import { document } from "../../tests/fixtures";
import { groupDocuments } from "./documentGroups";

const failure = { document: "/logs/b.pdf", code: "empty", reason: "The file is empty." };

it("puts documents under their innermost folder, by path, with single files last", () => {
  const documents = [
    document(1, "/letters/a.txt"),
    document(2, "/logs/page10.pdf"),
    document(3, "/logs/page9.pdf"),
    document(4, "/logs/1902/c.pdf"),
    document(5, "/logs/b.pdf", { failure }),
  ];
  const groups = groupDocuments(documents, ["/logs", "/logs/1902", "/empty"]);
  expect(
    groups.map(({ folder, documents, failed }) => [folder, documents.map(({ id }) => id), failed]),
  ).toEqual([
    ["/logs", [5, 3, 2], 1],
    ["/logs/1902", [4], 0],
    ["/empty", [], 0],
    [null, [1], 0],
  ]);
});
