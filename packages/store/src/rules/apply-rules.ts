import { type Calendar, type Instant, nextVersion, type Policy } from "@ithaca/domain";
import type { RuleChange, Rules } from "../ports/rules.ts";
import { TooSoon } from "./known-in-time.ts";
import { hasMovedTooOften, MOVED_TOO_OFTEN } from "./listed-versions.ts";
import { calendarsAt, policyVersionAt } from "./rules-at.ts";
import type { RulesFault, ShippedRules } from "./shipped-rules.ts";

/** A policy that somebody wants in force, with the calendars that come new with it. The versions in them are of no account. */
export interface RulesProposal {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
  /** The version that its author started from: nobody undoes what they have not seen. */
  readonly basedOn: number;
  readonly change: RuleChange & { readonly movesUnfinished?: boolean | undefined };
}

/** What was put in force. */
export interface AppliedRules {
  readonly policyVersion: number;
  readonly calendars: readonly { readonly id: string; readonly version: number }[];
  readonly inForceFrom: Instant;
  /** Versions of the policy that come into force after it, made without it. */
  readonly followedBy: readonly number[];
}

/** Why a proposal was not put in force. Nothing was changed. */
export type RulesRefusal =
  /** It would be in force from an instant that is past, or before every function knows it. */
  | { readonly code: "too-soon"; readonly soonest: Instant; readonly why: string }
  /** It is not based on the version that is in force then. */
  | { readonly code: "outdated"; readonly inForce: number; readonly basedOn: number }
  | { readonly code: "faulty"; readonly faults: readonly RulesFault[] }
  /** Somebody else changed the rules while it was looked at. */
  | { readonly code: "changed-meanwhile" };

/**
 * Makes the next version of the policy, and of the calendars that come with it, in force from an instant that is still to
 * come; all of them or none. Clocks that run then keep the policy that promised, unless the change moves what is unfinished.
 */
export async function applyRules(
  rules: Rules,
  shipped: ShippedRules,
  { policy, calendars, basedOn, change }: RulesProposal,
): Promise<AppliedRules | RulesRefusal> {
  const { inForceFrom } = change;
  const timeline = await rules.timeline();
  const known = await calendarsAt(rules, shipped, timeline, inForceFrom);
  const faults = [
    ...shipped.faultsOf(policy, calendars, known, inForceFrom),
    ...(change.movesUnfinished === true && hasMovedTooOften(timeline) ? [MOVED_TOO_OFTEN] : []),
  ];
  if (faults.length > 0) return { code: "faulty", faults };
  const inForce = policyVersionAt(timeline, shipped, inForceFrom);
  if (inForce !== basedOn) return { code: "outdated", inForce, basedOn };

  const policyVersion = nextVersion(timeline.policy);
  const versions = calendars.map((calendar) => ({
    ...calendar,
    version: nextVersion(timeline.calendars[calendar.id] ?? []),
  }));
  const put = { policy: { ...policy, version: policyVersion }, calendars: versions };
  try {
    if (!(await rules.put(put, change, timeline.revision))) return { code: "changed-meanwhile" };
  } catch (error) {
    if (error instanceof TooSoon) return { code: "too-soon", soonest: error.soonest, why: error.message };
    throw error;
  }
  return {
    policyVersion,
    calendars: versions.map(({ id, version }) => ({ id, version })),
    inForceFrom,
    followedBy: timeline.policy.filter(({ from }) => from > inForceFrom).map(({ version }) => version),
  };
}
