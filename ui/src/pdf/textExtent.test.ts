import { expect, it } from "vitest";

import { extentOf } from "./textExtent";

const WIDTH = 600;

it("reaches from the first letter of a line to the last of another", () => {
  const lines = [
    { left: 72, right: 300 },
    { left: 90, right: 528 },
  ];
  expect(extentOf(lines, WIDTH)).toEqual({ left: 72, right: 528 });
});

it("leaves out what lies beside the page, and takes no more than the page", () => {
  const lines = [
    { left: -400, right: -20 },
    { left: -10, right: 590 },
  ];
  expect(extentOf(lines, WIDTH)).toEqual({ left: 0, right: 590 });
});

it("shows two thirds of the page around a few words, and all of it where there are none", () => {
  expect(extentOf([{ left: 250, right: 350 }], WIDTH)).toEqual({ left: 100, right: 500 });
  expect(extentOf([{ left: 20, right: 60 }], WIDTH)).toEqual({ left: 0, right: 400 });
  expect(extentOf([], WIDTH)).toEqual({ left: 0, right: WIDTH });
});
