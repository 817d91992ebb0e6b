import type { Calendar } from "../calendar/calendar.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import { alwaysInForce } from "../policy/fixed-rulebook.ts";
import type { Policy } from "../policy/policy.ts";
import type { CalendarInForce, Rulebook, RulesInForce } from "../policy/rulebook.ts";

/** What somebody thinks of changing: another policy, other versions of some calendars, or both. */
export interface Proposal {
  policy?: Policy | undefined;
  calendars?: readonly Calendar[] | undefined;
}

/** The rules as if a proposal had always been in force in their place. A calendar that nothing names yet is known too. */
export function proposedRules(inForce: RulesInForce, { policy, calendars = [] }: Proposal): Rulebook {
  const proposed = new Map<string, CalendarInForce>(
    calendars.map((calendar) => [calendar.id, { calendar, hours: compileCalendar(calendar) }]),
  );
  return alwaysInForce({
    policy: policy ?? inForce.policy,
    calendar: (id) => proposed.get(id) ?? inForce.calendar(id),
    calendars: () => [
      ...inForce.calendars().filter(({ calendar }) => !proposed.has(calendar.id)),
      ...proposed.values(),
    ],
  });
}

/** Whether priorities must be decided anew: a proposal that asks for them as before leaves the recorded ones. */
export function classifiesAnew({ policy: before }: RulesInForce, { policy: after }: RulesInForce): boolean {
  const ruled = ({ classification, defaultPriority, priorities }: Policy) =>
    JSON.stringify([classification, defaultPriority, priorities.map(({ code }) => code)]);
  return ruled(before) !== ruled(after);
}
