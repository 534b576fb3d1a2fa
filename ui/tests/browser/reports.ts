/** A report as a PDF of pages with lines of text on paper of letter size, with margins of an inch. */
export function reportPdf(pages: readonly (readonly string[])[]): string {
  const contents = pages.map((lines) => {
    const shown = lines.map((line) => `(${line.replaceAll(/[\\()]/g, "\\$&")}) '`).join("\n");
    return `BT /F1 10 Tf 14 TL 72 734 Td\n${shown}\nET`;
  });
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${contents.length} /Kids [${kids}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...contents.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * index} 0 R ` +
        "/Resources << /Font << /F1 3 0 R >> >> >>",
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let file = "%PDF-1.7\n";
  const places = objects.map((object, index) => {
    const place = String(file.length).padStart(10, "0");
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${place} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

const SUBJECTS = [
  "pilotage",
  "berths",
  "cranes",
  "warehouses",
  "tugs",
  "lights",
  "buoys",
  "ice",
  "fees",
  "staff",
];

/** The pages of a harbour's report on a year: what is said stays the same, its figures do not. */
export function harbourReport(year: number, pages: number): string[][] {
  return Array.from({ length: pages }, (_, index) => {
    const subject = SUBJECTS[index % SUBJECTS.length] ?? "";
    const figure = (year - 2000) * 137 + index * 11;
    return [
      `Harbour trust, annual report ${year}. Section ${index + 1}: ${subject}`,
      `The board looked at ${subject} in each quarter of ${year} and found the reserves to be enough for them, as`,
      `was expected when the budget was drawn up. For ${subject} the trust spent ${figure} thousand crowns, of which a`,
      `third went to repairs on the northern quay, and the rest to wages. Section ${index + 1} of the plan stays in force.`,
      `Page ${index + 1}`,
    ];
  });
}
