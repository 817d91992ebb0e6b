import { DAY_MS } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { type CalendarDates, calendarDates, type DateHours } from "./calendar-dates.ts";
import { YEARS_KEPT, yearStartMs } from "./horizon.ts";
import { dayNumber, weekdayOfDay } from "./local-date.ts";
import type { ClosedReason, OpenHours } from "./open-hours.ts";
import { openYear, type Stretch } from "./open-year.ts";
import { remember } from "./remember.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/**
 * The dates around a UTC year whose hours may reach into it. Before it: a date ends 12 hours later in UTC, its night a
 * day after that, and a skipped day moves both. After it: a date begins 14 hours earlier.
 */
const DAYS_BEFORE = 3;
const DAYS_AFTER = 1;
const SATURDAY = 6;

/**
 * Makes a calendar ready for reckoning. Each year that is used costs a quarter of a millisecond, once, and reading a
 * zone for the first time one more. Throws a RangeError when the zone is unknown; what else is wrong with a calendar
 * `checkCalendar` says beforehand.
 */
export function compileCalendar(calendar: Calendar): OpenHours {
  const clock = zoneClock(calendar.zone);
  const dates = calendarDates(calendar);

  return {
    year: remember(YEARS_KEPT, (year: number) =>
      openYear(stretchesOf(year, clock, dates), yearStartMs(year), yearStartMs(year + 1)),
    ),
    dates: {
      clock,
      closedBecause: (on, fromMs, untilMs) => {
        const day = dayNumber(on);
        return closedBecause(clock, dates.on(day), day, fromMs, untilMs);
      },
    },
  };
}

function* stretchesOf(year: number, clock: ZoneClock, dates: CalendarDates): Iterable<Stretch> {
  const firstDay = Math.max(dates.firstDay, Math.floor(yearStartMs(year) / DAY_MS) - DAYS_BEFORE);
  const lastDay = Math.min(dates.lastDay, Math.floor(yearStartMs(year + 1) / DAY_MS) + DAYS_AFTER);
  // A calendar that has ended has many years without a day: the zone is not read for them.
  if (firstDay > lastDay) return;

  const atWallTime = clock.wallTimesOf(year);
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const { opens, closes } of dates.on(day).intervals) {
      yield { opensMs: atWallTime(day, opens), closesMs: atWallTime(day, closes) };
    }
  }
}

function closedBecause(clock: ZoneClock, hours: DateHours, day: number, fromMs: number, untilMs: number): ClosedReason {
  if (!hours.isInForce) return { reason: "not-in-force" };
  if (hours.holiday !== undefined) return { reason: "holiday", holiday: hours.holiday };
  if (hours.intervals.length === 0) {
    return { reason: weekdayOfDay(day) >= SATURDAY ? "weekend" : "closed-day" };
  }
  const opensBefore = hours.intervals.some(({ opens }) => clock.atWallTime(day, opens) < fromMs);
  const opensAfter = hours.intervals.some(({ opens }) => clock.atWallTime(day, opens) >= untilMs);
  return { reason: opensBefore && opensAfter ? "break" : "night" };
}
