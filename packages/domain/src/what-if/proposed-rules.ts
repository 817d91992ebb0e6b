import type { Calendar } from "../calendar/calendar.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { CalendarInForce, Rulebook } from "../policy/rulebook.ts";

/** What somebody thinks of changing: another policy, other versions of some calendars, or both. */
export interface Proposal {
  policy?: Policy | undefined;
  calendars?: readonly Calendar[] | undefined;
}

/** The rules as if they had always been in force: without what came before them and what comes after. */
export function alwaysInForce(rulebook: Rulebook): Rulebook {
  return { ...rulebook, versionsOf: () => [], moves: [] };
}

/** The rules as if a proposal had always been in force in their place. A calendar that nothing names yet is known too. */
export function proposedRules(rulebook: Rulebook, { policy, calendars = [] }: Proposal): Rulebook {
  const proposed = new Map<string, CalendarInForce>(
    calendars.map((calendar) => [calendar.id, { calendar, hours: compileCalendar(calendar) }]),
  );
  return {
    ...alwaysInForce(rulebook),
    ...(policy !== undefined && { policy }),
    calendar: (id) => proposed.get(id) ?? rulebook.calendar(id),
    calendars: () => [
      ...rulebook.calendars().filter(({ calendar }) => !proposed.has(calendar.id)),
      ...proposed.values(),
    ],
    // Every segment of a replay names a calendar by these rules, so the version that is proposed is the one meant.
    hoursOf: (reference) =>
      (reference === undefined ? undefined : proposed.get(reference.id)?.hours) ?? rulebook.hoursOf(reference),
  };
}

/** Whether priorities must be decided anew: a proposal that asks for them as before leaves the recorded ones. */
export function classifiesAnew({ policy: before }: Rulebook, { policy: after }: Rulebook): boolean {
  const ruled = ({ classification, defaultPriority, priorities }: Policy) =>
    JSON.stringify([classification, defaultPriority, priorities.map(({ code }) => code)]);
  return ruled(before) !== ruled(after);
}
