import type { Citation } from "../api/Citation";

/** What a reader should look at. */
export interface Alarm {
  /** Figures, dates and names that stand in none of the pages cited. */
  missing: string[];
  /** Whether nothing in any of them comes near the sentence. */
  isFar: boolean;
}

/** The alarm of citations that stand side by side, where each of them raises it: what one source has not, another may. */
export function alarmOf(beside: Citation[]): Alarm | null {
  const known = beside.flatMap(({ facts }) => facts ?? []);
  if (known.length === 0 || known.length < beside.length) return null;
  const missing = (known.at(-1)?.items ?? [])
    .map(({ text }) => text)
    .filter((text) =>
      known.every(({ items }) => items.some((item) => item.text === text && item.place === "nowhere")),
    );
  const isFar = known.every(({ near }) => !near);
  return isFar || missing.length > 0 ? { missing, isFar } : null;
}
