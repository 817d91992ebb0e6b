import type { Instant } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { dateOfDay, type LocalDate } from "./local-date.ts";
import { zoneClock } from "./zone-clock.ts";

/** Holidays should be known for so many days ahead: a promise of today may be due in a year. */
export const HOLIDAYS_AHEAD_DAYS = 365;

/**
 * The last holiday that a calendar lists, if it lies less than a year ahead of an instant: after it every day that the week
 * opens counts as open. Undefined for one that lists holidays for longer, lists none at all, or ends before its holidays do.
 */
export function holidaysEndOn(calendar: Calendar, at: Instant): LocalDate | undefined {
  const last = calendar.holidays.reduce<LocalDate | undefined>(
    (latest, { on }) => (latest === undefined || on > latest ? on : latest),
    undefined,
  );
  if (last === undefined || (calendar.validUntil !== undefined && calendar.validUntil <= last)) return undefined;
  const wanted = dateOfDay(zoneClock(calendar.zone).dayHolding(at) + HOLIDAYS_AHEAD_DAYS);
  return last < wanted ? last : undefined;
}
