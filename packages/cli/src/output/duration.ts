import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@ithaca/domain";

const UNITS = [
  [DAY_MS, "d"],
  [HOUR_MS, "h"],
  [MINUTE_MS, "m"],
  [SECOND_MS, "s"],
] as const;

/** A length of time by its two largest units: "2 d 4 h", "3 h 20 m", "45 s"; "0 s" below a second. */
export function duration(ms: number): string {
  let rest = Math.abs(ms);
  const parts: string[] = [];
  for (const [unitMs, unit] of UNITS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

/** How much open time was counted, in hours and to the millisecond, so that sums can be checked: "26 h 10 m 5.2 s". */
export function openTime(ms: number): string {
  const parts = [
    [Math.floor(ms / HOUR_MS), "h"],
    [Math.floor(ms / MINUTE_MS) % 60, "m"],
    [(ms % MINUTE_MS) / SECOND_MS, "s"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? "0 s" : shown.join(" ");
}
