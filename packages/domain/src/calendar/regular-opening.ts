import { type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { weekdayHours } from "./calendar-dates.ts";
import { WEEKDAYS, weekdayOfDay } from "./local-date.ts";
import { intervalMinutes, totalMinutes } from "./opening-interval.ts";
import { zoneClock } from "./zone-clock.ts";

/**
 * The length of "one business day" for a cycle that starts at an instant: what the week gives, by the wall clock and
 * whatever holidays there are, to the date on which the team is open then or opens next. In milliseconds; 12 hours for
 * 08:00–20:00. Throws a RangeError when the week never opens.
 */
export function regularOpeningMs(calendar: Calendar, start: Instant): number {
  const clock = zoneClock(calendar.zone);
  const today = clock.dayHolding(start);
  // A night shift of yesterday may still be on, and the week that follows holds every other weekday.
  for (let day = today - 1; day <= today + WEEKDAYS.length; day += 1) {
    const hours = weekdayHours(calendar.week, weekdayOfDay(day));
    const isAhead = hours.map(intervalMinutes).some(({ closes }) => clock.atWallTime(day, closes) > start);
    if (isAhead) {
      return totalMinutes(hours) * MINUTE_MS;
    }
  }
  throw new RangeError(`the week of calendar ${calendar.id} never opens`);
}
