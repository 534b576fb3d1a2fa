const DAY = 86_400;

/** In days before today. */
const RECENT = [7, 30];

/** A stretch of time by its first year or day. */
export interface Period {
  after: string;
  /** The first year behind it; none where it goes on until now. */
  before: string | null;
  /** How many days it goes back, where it is not a year. */
  days: number | null;
}

/** The stretches that part files by when they were changed, in seconds since 1970; the latest first. */
export function periods(changed: readonly number[], now: number): Period[] {
  const recent = RECENT.map((days) => ({ after: day(now - days * DAY), before: null, days }));
  const years = [...new Set(changed.map((moment) => new Date(moment * 1000).getFullYear()))];
  const all = [...recent, ...years.toSorted((a, b) => b - a).map(ofYear)];
  return all.filter((period) => {
    const inside = changed.filter((moment) => isIn(moment, period)).length;
    return inside > 0 && inside < changed.length;
  });
}

/** The one that begins so: a year ends with itself, a day goes on until now. */
export function periodFrom(after: string): { after: string; before: string | null } {
  const { before } = after.length === 4 ? ofYear(Number(after)) : { before: null };
  return { after, before };
}

function ofYear(year: number): Period {
  return { after: String(year), before: String(year + 1), days: null };
}

function isIn(moment: number, { after, before }: Period): boolean {
  const start = day(moment);
  return start >= after && (before === null || start < before);
}

/** As the person's calendar has it. */
function day(moment: number): string {
  const date = new Date(moment * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
