import type { Calendar } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";

/** A day of the week on which a team closes at noon, so that business days differ in length. */
const SHORT: Readonly<Record<string, string>> = { "main-hours": "3", "au-hours": "5" };

/** The calendars of teams that simulated desks live by from the first day. */
export function livedCalendars(): Calendar[] {
  return shippedRules.calendars.flatMap((calendar) => {
    const day = SHORT[calendar.id];
    if (day === undefined) return [];
    const opening = calendar.week[day as keyof Calendar["week"]]?.[0]?.[0] ?? "08:00";
    return [{ ...calendar, version: calendar.version + 1, week: { ...calendar.week, [day]: [[opening, "12:00"]] } }];
  });
}
