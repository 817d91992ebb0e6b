import { type Calendar, type Instant, nextVersion, SECOND_MS, toIso } from "@ithaca/domain";
import { calendarsFaults, shippedRules } from "@ithaca/policy";
import { calendarsAt, policyVersionAt, type RuleChange, type Rules } from "@ithaca/store";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { needPolicy } from "../policy/rules-in-force.ts";

/** What was applied, for the line that says so. */
export interface AppliedCalendar {
  readonly id: string;
  readonly version: number;
  readonly inForceFrom: Instant;
}

/**
 * Makes the next version of a calendar, in force from an instant that is at least `leadMs` ahead, so that every function
 * knows it by then. The calendar's own faults were named when it was read; here those of the policies that use it are.
 * Throws a Failure, and the calendar in force stays in force.
 */
export async function applyCalendar(
  rules: Rules,
  calendar: Calendar,
  change: RuleChange,
  leadMs: number,
): Promise<AppliedCalendar> {
  const { at, inForceFrom } = change;
  if (inForceFrom < at + leadMs) {
    throw new Failure(
      `${toIso(inForceFrom)} is ${inForceFrom < at ? "past" : "too soon"}: a version is in force from an instant at least ${leadMs / SECOND_MS} seconds ahead, when every function knows it.`,
    );
  }
  const timeline = await rules.timeline();
  const inForce = await calendarsAt(rules, shippedRules, timeline, inForceFrom);
  const later = timeline.policy.filter(({ from }) => from > inForceFrom).map(({ version }) => version);
  for (const version of [policyVersionAt(timeline, shippedRules, inForceFrom), ...later]) {
    const faults = calendarsFaults(await needPolicy(rules, version), [calendar], inForce, inForceFrom);
    if (faults.length > 0) throw unusable(calendar.id, version, faults);
  }

  const version = nextVersion(timeline.calendars[calendar.id] ?? []);
  if (!(await rules.putCalendar({ ...calendar, version }, change, timeline.revision))) {
    throw new Failure("Somebody else changed the rules meanwhile. Look at them, then apply again.");
  }
  return { id: calendar.id, version, inForceFrom };
}

/** What keeps a policy from using a calendar, as a Failure. */
export function unusable(
  id: string,
  policyVersion: number,
  faults: readonly { path: string; problem: string }[],
): Failure {
  const lines = faults.map(({ path, problem }) => printableLine(`policy ${policyVersion} ${path}: ${problem}`));
  return new Failure([`${id} cannot be applied:`, ...lines].join("\n  "));
}
