import { dateOfDay } from "../calendar/local-date.ts";
import { zoneClock } from "../calendar/zone-clock.ts";
import type { Instant } from "../time/instant.ts";

const MONTH_LENGTH = "2026-11".length;

/** Gives the month of an instant on the wall of an IANA zone, as "2026-11". Throws a RangeError on an unknown zone. */
export function monthIn(zone: string): (at: Instant) => string {
  const clock = zoneClock(zone);
  return (at) => dateOfDay(clock.dayHolding(at)).slice(0, MONTH_LENGTH);
}
