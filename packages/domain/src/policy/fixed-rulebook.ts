import type { Calendar } from "../calendar/calendar.ts";
import { alwaysOpen } from "../calendar/combine-hours.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Policy } from "./policy.ts";
import type { CalendarInForce, Rulebook } from "./rulebook.ts";

/** The rules as if a policy and one version of each calendar had always been in force. */
export function fixedRulebook(policy: Policy, calendars: readonly Calendar[]): Rulebook {
  const inForce = new Map<string, CalendarInForce>(
    calendars.map((calendar) => [calendar.id, { calendar, hours: compileCalendar(calendar) }]),
  );
  const calendar = (id: string) => {
    const found = inForce.get(id);
    if (found === undefined) throw new Error(`there is no calendar ${id}`);
    return found;
  };
  return {
    policy,
    calendar,
    calendars: () => [...inForce.values()],
    versionsOf: () => [],
    moves: [],
    hoursOf: (reference) => (reference === undefined ? alwaysOpen : calendar(reference.id).hours),
  };
}
