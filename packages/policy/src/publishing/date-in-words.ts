import { dayNumber, type LocalDate, weekdayOfDay } from "@ithaca/domain";

/** The days of an ISO week in English, Monday first. */
export const WEEKDAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The months in English. */
export const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "Thursday, 26 November 2026": no two countries read the digits of a date alike. */
export function dateInWords(date: LocalDate): string {
  const weekday = WEEKDAY_NAMES[weekdayOfDay(dayNumber(date)) - 1];
  const month = MONTH_NAMES[Number(date.slice(5, 7)) - 1];
  return `${weekday}, ${Number(date.slice(8, 10))} ${month} ${date.slice(0, 4)}`;
}
