import { type DayHours, WEEKDAYS, type Weekday, type WeekHours, weekdayHours } from "@ithaca/domain";
import { WEEKDAY_NAMES } from "./date-in-words.ts";

/** "09:00–12:00, 13:00–17:00", or "closed". */
export function hoursInWords(hours: DayHours): string {
  return hours.length === 0 ? "closed" : hours.map(([opens, closes]) => `${opens}–${closes}`).join(", ");
}

/** The open days of a week in brief, days of the same hours together: "Mon–Fri 08:00–20:00; Sat 09:00–12:00". */
export function weekInWords(week: WeekHours): string {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  for (const weekday of WEEKDAYS) {
    const hours = hoursInWords(weekdayHours(week, weekday));
    const run = runs.at(-1);
    if (run !== undefined && run.hours === hours) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  const open = runs.filter(({ hours }) => hours !== "closed");
  if (open.length === 0) return "never regularly";
  return open
    .map(({ first, last, hours }) => `${shortName(first)}${first === last ? "" : `–${shortName(last)}`} ${hours}`)
    .join("; ");
}

function shortName(weekday: Weekday): string {
  return (WEEKDAY_NAMES[weekday - 1] ?? "").slice(0, 3);
}
