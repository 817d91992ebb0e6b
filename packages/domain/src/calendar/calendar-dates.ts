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

/** What a calendar says about each day (days since 1970-01-01). */
export type CalendarDates = {
  readonly on: (day: number) => DateHours;
  /** No day before the first and none after the last has hours. */
  readonly firstDay: number;
  readonly lastDay: number;
};

/** Reads a calendar by dates. Extra openings come before holidays, and both take the place of the week's hours. */
export function calendarDates(calendar: Calendar): CalendarDates {
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
  const validFrom = calendar.validFrom === undefined ? Number.NEGATIVE_INFINITY : dayNumber(calendar.validFrom);
  const validUntil = calendar.validUntil === undefined ? Number.POSITIVE_INFINITY : dayNumber(calendar.validUntil);
  // A week without hours is open on special days at most.
  const hasRegularHours = regular.some(({ intervals }) => intervals.length > 0);
  const onlyDays = [...special.entries()].flatMap(([day, { intervals }]) => (intervals.length > 0 ? [day] : []));

  return {
    on: (day) => {
      if (day < validFrom || day > validUntil) return NOT_IN_FORCE;

      return special.get(day) ?? regular[weekdayOfDay(day) - 1] ?? NOT_IN_FORCE;
    },
    firstDay: hasRegularHours ? validFrom : Math.max(validFrom, Math.min(...onlyDays)),
    lastDay: hasRegularHours ? validUntil : Math.min(validUntil, Math.max(...onlyDays)),
  };
}

function inMinutes(hours: DayHours): IntervalMinutes[] {
  return hours.map(intervalMinutes);
}
