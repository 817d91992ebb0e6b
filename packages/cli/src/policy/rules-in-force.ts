import type { Calendar, Instant, Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import type { Rules, RuleTimeline } from "@ithaca/store";
import { Failure } from "../failure.ts";

/** Which versions are in force at an instant: the last of those that have begun, version 1 before any. */
export function versionInForce(
  versions: readonly { version: number; from: Instant }[] | undefined,
  at: Instant,
): number {
  const begun = (versions ?? []).filter(({ from }) => from <= at);
  return begun.reduce((last, candidate) => (candidate.from >= last.from ? candidate : last), { version: 1, from: 0 })
    .version;
}

/** The version after all that there are, in force or not. */
export function nextVersion(versions: readonly { version: number }[] | undefined): number {
  return Math.max(1, ...(versions ?? []).map(({ version }) => version)) + 1;
}

/** A version of the policy; version 1 is the one that ships unless the store has its own. */
export async function policyOf(rules: Rules, version: number): Promise<Policy> {
  const policy =
    (await rules.policy(version)) ?? (version === shippedRules.policy.version ? shippedRules.policy : undefined);
  if (policy === undefined) throw new Failure(`There is no version ${version} of the policy.`);
  return policy;
}

/** The calendars in force at an instant, those that ship among them. */
export async function calendarsAt(rules: Rules, timeline: RuleTimeline, at: Instant): Promise<Calendar[]> {
  const ids = new Set([...shippedRules.calendars.map(({ id }) => id), ...Object.keys(timeline.calendars)]);
  const found = await Promise.all(
    [...ids].map(async (id) => {
      const version = versionInForce(timeline.calendars[id], at);
      const shipped = shippedRules.calendars.find((calendar) => calendar.id === id && calendar.version === version);
      return (await rules.calendar(id, version)) ?? shipped;
    }),
  );
  return found.filter((calendar) => calendar !== undefined);
}
