import { expect, it } from "vitest";

import { passage } from "../../tests/fixtures";
import { groupResults } from "./results";

const LEASES =
  "The harbour leases two quays for ten years and pays the rent of them at the end of each quarter";
const DREDGING =
  "Dredging of the basin is to begin in spring, after the ice has gone, and to end before autumn";

function found(rank: number, name: string, text: string) {
  const ids = ["report-2021.pdf", "report-2022.pdf", "notes.md"];
  return passage(rank, { document_id: ids.indexOf(name), document: `/harbour/${name}`, text });
}

/** The documents in their order, each with the ranks of its passages and of their copies. */
function told(...passages: ReturnType<typeof found>[]) {
  return toldFor("harbour", ...passages);
}

function toldFor(query: string, ...passages: ReturnType<typeof found>[]) {
  return groupResults(passages, query).map(({ path, results }) => [
    path.split("/").at(-1),
    ...results.map(({ passage, copies }) => [passage.rank, ...copies.map(({ rank }) => rank)]),
  ]);
}

it("lets passages of one document stand together where its best one stands", () => {
  expect(
    told(
      found(1, "report-2022.pdf", LEASES),
      found(2, "notes.md", "A walk along the quay"),
      found(3, "report-2022.pdf", DREDGING),
    ),
  ).toEqual([
    ["report-2022.pdf", [1], [3]],
    ["notes.md", [2]],
  ]);
});

it("folds the same passage in last year's copy under this year's, whatever their figures", () => {
  expect(
    told(
      found(1, "report-2021.pdf", `${LEASES}: 1,200 in 2021.`),
      found(2, "report-2022.pdf", `${LEASES}: 1,350 in 2022.`),
      found(3, "report-2021.pdf", DREDGING),
    ),
  ).toEqual([
    ["report-2022.pdf", [2, 1]],
    ["report-2021.pdf", [3]],
  ]);
});

it("folds the others under the copy that the query names", () => {
  const passages = [found(1, "report-2021.pdf", LEASES), found(2, "report-2022.pdf", LEASES)];
  expect(toldFor("leases in 2021", ...passages)).toEqual([["report-2021.pdf", [1, 2]]]);
});

it("keeps two passages of one document, and other words, apart", () => {
  expect(told(found(1, "notes.md", LEASES), found(2, "notes.md", LEASES))).toEqual([["notes.md", [1], [2]]]);
  expect(told(found(1, "notes.md", LEASES), found(2, "report-2021.pdf", DREDGING))).toHaveLength(2);
});
