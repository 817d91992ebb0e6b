import { type Calendar, checkCalendar, type Instant, type Policy } from "@ithaca/domain";
import { lintPolicy } from "./lint-policy.ts";

/** A fault of a policy, or of a calendar that comes with it; its path is within the policy, or begins with /calendars. */
export interface RulesFault {
  readonly code: string;
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/**
 * What keeps a policy from deciding every case: with the calendars that come new with it, and those in force that they do
 * not replace, from the instant on that they are in force. Faults of a calendar come alone, for hours that are wrong prove
 * nothing about a policy.
 */
export function rulesFaults(
  policy: Policy,
  fresh: readonly Calendar[],
  inForce: readonly Calendar[],
  from: Instant,
): RulesFault[] {
  const calendarFaults = fresh.flatMap((calendar, at) =>
    checkCalendar(calendar).map((fault) => ({ ...fault, path: `/calendars/${at}${fault.path}` })),
  );
  if (calendarFaults.length > 0) return calendarFaults;
  const kept = inForce.filter(({ id }) => !fresh.some((calendar) => calendar.id === id));
  return lintPolicy(policy, [...fresh, ...kept], from);
}

/**
 * What calendars that come new would break in a policy that stands. What is wrong with it without them is no fault of
 * theirs: a desk whose policy was applied before a rule of the linter came can still add a holiday.
 */
export function calendarsFaults(
  policy: Policy,
  fresh: readonly Calendar[],
  inForce: readonly Calendar[],
  from: Instant,
): RulesFault[] {
  const already = new Set(rulesFaults(policy, [], inForce, from).map(nameOf));
  return rulesFaults(policy, fresh, inForce, from).filter((fault) => !already.has(nameOf(fault)));
}

function nameOf({ code, path }: RulesFault): string {
  return `${code} ${path}`;
}
