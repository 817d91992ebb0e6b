import { type Calendar, type Instant, type Policy, versionInForce } from "@ithaca/domain";
import type { Rules, RuleTimeline } from "../ports/rules.ts";
import type { ShippedRules } from "./shipped-rules.ts";

/** A version of the policy; version 1 is the one that ships unless the store has its own. Undefined when there is none. */
export async function policyOf(
  rules: Pick<Rules, "policy">,
  shipped: ShippedRules,
  version: number,
): Promise<Policy | undefined> {
  return (await rules.policy(version)) ?? (version === shipped.policy.version ? shipped.policy : undefined);
}

/** The version of the policy in force at an instant. */
export function policyVersionAt({ policy }: RuleTimeline, shipped: ShippedRules, at: Instant): number {
  return versionInForce(policy, at) ?? shipped.policy.version;
}

/** The calendars in force at an instant, those that ship among them. */
export async function calendarsAt(
  rules: Pick<Rules, "calendar">,
  shipped: ShippedRules,
  timeline: RuleTimeline,
  at: Instant,
): Promise<Calendar[]> {
  const ids = new Set([...shipped.calendars.map(({ id }) => id), ...Object.keys(timeline.calendars)]);
  const found = await Promise.all(
    [...ids].map(async (id) => {
      const own = shipped.calendars.find((calendar) => calendar.id === id);
      const version = versionInForce(timeline.calendars[id] ?? [], at) ?? own?.version;
      if (version === undefined) return undefined;
      return (await rules.calendar(id, version)) ?? (own?.version === version ? own : undefined);
    }),
  );
  return found.filter((calendar) => calendar !== undefined);
}
