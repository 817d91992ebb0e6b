import type { Calendar } from "../calendar/calendar.ts";
import { alwaysOpen } from "../calendar/combine-hours.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Policy } from "./policy.ts";
import type { CalendarInForce, Rulebook, RulesInForce } from "./rulebook.ts";

/** The rules as if a policy and one version of each calendar had always been in force. */
export function fixedRulebook(policy: Policy, calendars: readonly Calendar[]): Rulebook {
  const inForce = new Map<string, CalendarInForce>(
    calendars.map((calendar) => [calendar.id, { calendar, hours: compileCalendar(calendar) }]),
  );
  return alwaysInForce({
    policy,
    calendar: (id) => {
      const found = inForce.get(id);
      if (found === undefined) throw new Error(`there is no calendar ${id}`);
      return found;
    },
    calendars: () => [...inForce.values()],
  });
}

/**
 * Rules as if they had always been in force: nothing came before them, nothing comes after, and whatever names a calendar
 * means the version that they have.
 */
export function alwaysInForce({ policy, calendar, calendars }: RulesInForce): Rulebook {
  return {
    policy,
    calendar,
    calendars,
    versionsOf: () => [],
    moves: [],
    hoursOf: (reference) => (reference === undefined ? alwaysOpen : calendar(reference.id).hours),
  };
}
