import { DAY_MS, dateOfDay, type Instant, type LocalDate, MINUTE_MS, wallTimeOf, zoneClock } from "@ithaca/domain";

/** What the wall of a zone shows at an instant: the date, and the time to the minute. */
export function wallAt(zone: string, at: Instant): { readonly date: LocalDate; readonly time: string } {
  const wallMs = at + zoneClock(zone).offsetMs(at);
  const day = Math.floor(wallMs / DAY_MS);
  return { date: dateOfDay(day), time: wallTimeOf(Math.floor((wallMs - day * DAY_MS) / MINUTE_MS)) };
}
