import { DAY_MS } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { type DateHours, hoursOfDates } from "./calendar-dates.ts";
import { YEARS_KEPT, yearStartMs } from "./horizon.ts";
import { dayNumber, weekdayOfDay } from "./local-date.ts";
import type { ClosedReason, OpenHours } from "./open-hours.ts";
import { openYear, type Stretch } from "./open-year.ts";
import { remember } from "./remember.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** Dates whose hours may reach into a UTC year from outside: the zone's offset, a night and a skipped day. */
const MARGIN_DAYS = 3;
const SATURDAY = 6;

/**
 * Makes a calendar ready for reckoning. It costs about a millisecond for each year that is used, once. Throws a
 * RangeError when the zone is unknown; what else is wrong with a calendar `checkCalendar` says beforehand.
 */
export function compileCalendar(calendar: Calendar): OpenHours {
  const clock = zoneClock(calendar.zone);
  const hoursOf = hoursOfDates(calendar);

  return {
    year: remember(YEARS_KEPT, (year: number) => {
      const fromMs = yearStartMs(year);
      const untilMs = yearStartMs(year + 1);
      return openYear(stretches(clock, hoursOf, fromMs, untilMs), fromMs, untilMs);
    }),
    dates: {
      clock,
      closedBecause: (on, fromMs, untilMs) =>
        closedBecause(clock, hoursOf(dayNumber(on)), dayNumber(on), fromMs, untilMs),
    },
  };
}

function* stretches(
  clock: ZoneClock,
  hoursOf: (day: number) => DateHours,
  fromMs: number,
  untilMs: number,
): Iterable<Stretch> {
  const lastDay = Math.ceil(untilMs / DAY_MS) + MARGIN_DAYS;
  for (let day = Math.floor(fromMs / DAY_MS) - MARGIN_DAYS; day <= lastDay; day += 1) {
    for (const { opens, closes } of hoursOf(day).intervals) {
      yield {
        opensMs: clock.atWallTime(day, opens),
        closesMs: clock.atWallTime(day, closes),
      };
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
