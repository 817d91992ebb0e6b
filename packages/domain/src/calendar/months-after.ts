import { DAY_MS, type Instant, instant } from "../time/instant.ts";
import { HORIZON } from "./horizon.ts";
import { dateOfDay, dayNumber } from "./local-date.ts";

const MONTHS_A_YEAR = 12;

/**
 * The same day of the month and time of day in UTC, so many months (0 or more) later; the last day of a month that is
 * too short. The horizon when that lies beyond it.
 */
export function monthsAfter(at: Instant, months: number): Instant {
  const day = Math.floor(at / DAY_MS);
  const [year = 0, month = 0, dayOfMonth = 0] = dateOfDay(day).split("-").map(Number);
  const first = firstOfMonth(year, month + months);
  const lastDay = firstOfMonth(year, month + months + 1) - 1;
  const reached = Math.min(first + dayOfMonth - 1, lastDay) * DAY_MS + (at - day * DAY_MS);
  return instant(Math.min(reached, HORIZON));
}

/** The day number of the first of a month; months are counted from 1 and may run over the year. */
function firstOfMonth(year: number, month: number): number {
  const years = Math.floor((month - 1) / MONTHS_A_YEAR);
  const inYear = month - years * MONTHS_A_YEAR;
  return dayNumber(`${year + years}-${String(inYear).padStart(2, "0")}-01`);
}
