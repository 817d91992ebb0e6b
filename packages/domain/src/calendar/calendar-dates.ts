import type { Calendar, DayHours, WeekHours } from "./calendar.ts";
import type { Weekday } from "./local-date.ts";
import { dayNumber, weekdayOfDay } from "./local-date.ts";
import { type IntervalMinutes, intervalMinutes } from "./opening-interval.ts";

/** What a calendar says about one date. */
export type DateHours =
  | { readonly kind: "regular" | "not-in-force"; readonly intervals: readonly IntervalMinutes[] }
  | {
      readonly kind: "holiday" | "extra-opening";
      readonly name: string;
      readonly intervals: readonly IntervalMinutes[];
    };

const NOT_IN_FORCE: DateHours = { kind: "not-in-force", intervals: [] };

/** The hours of a weekday; none when the day is closed. */
export function weekdayHours(week: WeekHours, weekday: Weekday): DayHours {
  return week[weekday] ?? [];
}

/**
 * What a calendar says about each day (days since 1970-01-01). The hours of an extra opening come before those of a
 * holiday, and both take the place of the week's.
 */
export function hoursOfDates(calendar: Calendar): (day: number) => DateHours {
  const special = new Map<number, DateHours>();
  for (const { on, name, hours } of calendar.holidays) {
    special.set(dayNumber(on), { kind: "holiday", name, intervals: inMinutes(hours ?? []) });
  }
  for (const { on, name, hours } of calendar.extraOpenings ?? []) {
    special.set(dayNumber(on), {
      kind: "extra-opening",
      name: name ?? "extra opening",
      intervals: inMinutes(hours),
    });
  }
  const regular = new Map<Weekday, DateHours>();
  const firstDay = calendar.validFrom === undefined ? -Infinity : dayNumber(calendar.validFrom);
  const lastDay = calendar.validUntil === undefined ? Infinity : dayNumber(calendar.validUntil);

  return (day) => {
    if (day < firstDay || day > lastDay) {
      return NOT_IN_FORCE;
    }
    const weekday = weekdayOfDay(day);
    const known = special.get(day) ?? regular.get(weekday);
    if (known !== undefined) {
      return known;
    }
    const hours: DateHours = {
      kind: "regular",
      intervals: inMinutes(weekdayHours(calendar.week, weekday)),
    };
    regular.set(weekday, hours);
    return hours;
  };
}

function inMinutes(hours: DayHours): IntervalMinutes[] {
  return hours.map(intervalMinutes);
}
