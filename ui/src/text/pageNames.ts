/** The label of each page where it is known, from the first on. */
export type Labels = readonly (string | null)[];

/** What a page is called, where it is not by its number. */
export function labelOf(labels: Labels, page: number): string | undefined {
  const label = labels[page - 1] ?? undefined;
  return label === String(page) ? undefined : label;
}

/** The pages that somebody may mean: those on which it is printed, then the one that is counted so. */
export function pagesMeant(text: string, labels: Labels, pages: number): number[] {
  const wanted = plain(text);
  const printed = labels.flatMap((label, index) =>
    label !== null && plain(label) === wanted ? [index + 1] : [],
  );
  const counted = /^\d+$/.test(wanted) ? [Number(wanted)] : [];
  return [...new Set([...printed, ...counted])].filter((page) => page >= 1 && page <= pages);
}

/** As it is compared: "F – 3" is F-3. */
function plain(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/\s*[-–—]\s*/g, "-");
}
