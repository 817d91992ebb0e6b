import { DAY_MS, instant } from "../time/instant.ts";
import { dayNumber } from "./local-date.ts";

/** The first and the last year in which open time can be reckoned: those that an instant can lie in. */
export const FIRST_YEAR = 1970;
export const LAST_YEAR = 2199;

/**
 * How many years of one calendar are kept in memory at most: all of them. A year that was used takes about 6 KB for a
 * week of five openings, and one without openings next to nothing.
 */
export const YEARS_KEPT = LAST_YEAR - FIRST_YEAR + 1;

const MEAN_YEAR_MS = 365.2425 * DAY_MS;

/** Where each UTC year begins, from the first; the last entry is the very last instant, which closes the last year. */
const yearStarts = Float64Array.from({ length: LAST_YEAR - FIRST_YEAR + 2 }, (_, index) =>
  index <= LAST_YEAR - FIRST_YEAR
    ? dayNumber(`${FIRST_YEAR + index}-01-01`) * DAY_MS
    : dayNumber(`${FIRST_YEAR + index}-01-01`) * DAY_MS - 1,
);

/** The last instant of all. What would lie beyond it cannot be promised. */
export const HORIZON = instant(yearStartMs(LAST_YEAR + 1));

/** Where a UTC year begins, in epoch milliseconds. The year after the last begins at the horizon. */
export function yearStartMs(year: number): number {
  return yearStarts[year - FIRST_YEAR] ?? Number.NaN;
}

/** The UTC year that holds an instant; the horizon itself is in the last. */
export function yearHolding(atMs: number): number {
  const guess = FIRST_YEAR + Math.floor(atMs / MEAN_YEAR_MS);
  if (guess > LAST_YEAR) {
    return LAST_YEAR;
  }
  if (atMs < yearStartMs(guess)) {
    return guess - 1;
  }
  return atMs >= yearStartMs(guess + 1) ? guess + 1 : guess;
}

/** No opening, or not enough open time, lies between an instant and the end of the reckoning. */
export class HorizonReached extends RangeError {
  override readonly name = "HorizonReached";
}
