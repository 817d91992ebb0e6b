import type { Calendar, DayHours, WeekHours } from "./calendar.ts";
import type { Weekday } from "./local-date.ts";
import { dayNumber, WEEKDAYS, weekdayOfDay } from "./local-date.ts";
import { type IntervalMinutes, intervalMinutes } from "./opening-interval.ts";

/** What a calendar says about one date. */
export type DateHours = {
  readonly intervals: readonly IntervalMinutes[];
  readonly isInForce: boolean;
  /** The name of the holiday, when it is one that no extra opening takes the place of. */
  readonly holiday?: string;
};

const NOT_IN_FORCE: DateHours = { intervals: [], isInForce: false };

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
    special.set(dayNumber(on), { intervals: inMinutes(hours ?? []), isInForce: true, holiday: name });
  }
  for (const { on, hours } of calendar.extraOpenings ?? []) {
    special.set(dayNumber(on), { intervals: inMinutes(hours), isInForce: true });
  }
  const regular = WEEKDAYS.map((weekday) => ({
    intervals: inMinutes(weekdayHours(calendar.week, weekday)),
    isInForce: true,
  }));
  const firstDay = calendar.validFrom === undefined ? -Infinity : dayNumber(calendar.validFrom);
  const lastDay = calendar.validUntil === undefined ? Infinity : dayNumber(calendar.validUntil);

  return (day) => {
    if (day < firstDay || day > lastDay) return NOT_IN_FORCE;

    return special.get(day) ?? regular[weekdayOfDay(day) - 1] ?? NOT_IN_FORCE;
  };
}

function inMinutes(hours: DayHours): IntervalMinutes[] {
  return hours.map(intervalMinutes);
}
