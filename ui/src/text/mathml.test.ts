import { describe, expect, it } from "vitest";

import { drawFormula, type MathElement } from "./mathml";

function elements({ name, children }: MathElement): string {
  const inside = children.map((child) => (typeof child === "string" ? child : elements(child)));
  return `${name}(${inside.join(" ")})`;
}

it("draws a formula as elements that lay out, without styles", async () => {
  const drawn = await drawFormula("\\frac{a}{2} \\le \\sqrt{b}", false);
  expect(drawn && elements(drawn)).toBe("math(mrow(mfrac(mi(a) mn(2)) mo(≤) msqrt(mi(b))))");
  const aligned = await drawFormula("\\begin{aligned} a &= b \\\\ c &= \\color{red} d \\end{aligned}", true);
  expect(aligned?.attributes["display"]).toBe("block");
  expect(JSON.stringify(aligned)).toContain("tml-right");
  expect(JSON.stringify(aligned)).not.toContain('"style":');
});

describe("what is damaged or would act is not drawn", () => {
  it.each([
    "\\frac{a}{",
    "\\nosuchcommand",
    "\\href{https://example.com}{a}",
    "\\url{https://example.com}",
    "\\includegraphics{https://example.com/a.png}",
    "\\htmlClass{a}{b}",
    "\\style{color:red}{b}",
    "\\def\\a{\\a\\a}\\a",
  ])("%s", async (tex) => expect(await drawFormula(tex, false)).toBeNull());

  it("is text where it is markup", async () => {
    const drawn = await drawFormula("\\text{<img src=x onerror=alert(1)>}", false);
    expect(drawn && elements(drawn)).toContain("mtext(<img");
  });
});
