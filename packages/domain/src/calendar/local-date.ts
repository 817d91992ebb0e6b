import * as z from "zod/mini";

/** A date on somebody's wall, "2026-11-26": without a zone it is no instant. */
export const LocalDate = z.iso.date();
export type LocalDate = z.infer<typeof LocalDate>;

/** ISO 8601: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The days of an ISO week, in order. */
export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const DAYS_IN_400_YEARS = 146_097;
/** From 0000-03-01, on which the cycle of leap years begins, to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468;

/**
 * The number of days from 1970-01-01 to a date; negative before it. Arithmetic on these numbers needs no zone.
 * Years are counted from March, so that a leap day is the last of its year.
 */
export function dayNumber(date: LocalDate): number {
  const month = Number(date.slice(5, 7));
  const dayOfMonth = Number(date.slice(8, 10));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const century = Math.floor(year / 400);
  const yearOfCycle = year - century * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return century * DAYS_IN_400_YEARS + yearOfCycle * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970;
}

/** The date that lies `day` days after 1970-01-01: the inverse of `dayNumber`. */
export function dateOfDay(day: number): LocalDate {
  const shifted = day + DAYS_BEFORE_1970;
  const cycle = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfCycle = shifted - cycle * DAYS_IN_400_YEARS;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1_460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + leapDays);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  return [pad(year, 4), pad(month, 2), pad(dayOfMonth, 2)].join("-");
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

/** The weekday of the date that lies `day` days after 1970-01-01, which was a Thursday. */
export function weekdayOfDay(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
