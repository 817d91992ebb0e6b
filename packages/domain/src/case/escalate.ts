import type { Actor } from "../access/actor.ts";
import type { EscalationRule, Metric, Policy, Told } from "../policy/policy.ts";
import { allows, promisedTo } from "../sla/target.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, isRefused, type Refused, refuse } from "./decision.ts";

/** A promise that is broken, or would be. The metric is not known of what older code owed: no rule that asks for one matches. */
export interface Missed {
  metric?: Metric | undefined;
  tier: number;
  team?: string | undefined;
  priority: string;
  package?: string | undefined;
  channel: string;
}

/** Where a broken promise takes a case, and whom that tells; the rule that says so, of a policy that has such rules. */
export interface Escalation {
  toTier: number;
  tells: readonly Told[];
  ruleId?: string;
}

const WITHOUT_RULES: Pick<EscalationRule, "toTier" | "tells"> = { toTier: "next", tells: ["team-lead", "assignee"] };

/** Takes an open case from the tier that missed its target to where the policy's rules say. */
export function escalate(
  current: Case,
  missed: { fromTier: number; metric?: Metric | undefined },
  policy: Policy,
  now: Instant,
  by: Actor,
): Decision {
  const { fromTier, metric } = missed;
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.tier !== fromTier) return refuse("moved-on");
  const escalation = escalationOf(policy, missedOn(current, metric));
  if (isRefused(escalation)) return escalation;

  const { toTier, tells, ruleId } = escalation;
  return [
    {
      type: "CaseEscalated",
      at: now,
      by,
      fromTier,
      toTier,
      ...(metric !== undefined && { metric }),
      ...(ruleId !== undefined && { ruleId, policyVersion: policy.version, tells: [...tells] }),
    },
  ];
}

/** What a policy makes of a broken promise. The first rule that matches decides; none goes over the top tier. */
export function escalationOf(policy: Policy, missed: Missed): Escalation | Refused {
  const rule = policy.escalation?.find(({ when }) => matches(when, missed));
  if (policy.escalation !== undefined && rule === undefined) return refuse("not-escalated");
  const { toTier, tells } = rule ?? WITHOUT_RULES;
  const to = toTier === "next" ? missed.tier + 1 : toTier;
  if (to <= missed.tier || to > policy.topTier) return refuse("top-tier");
  return { toTier: to, tells, ...(rule !== undefined && { ruleId: rule.id }) };
}

/** What the choice of an escalation goes by on a case, when a promise of this metric is broken. */
export function missedOn(current: Case, metric: Metric | undefined): Missed {
  const { tier, team } = current;
  return { ...promisedTo(current), metric, tier, team };
}

function matches(when: EscalationRule["when"], missed: Missed): boolean {
  return (
    allows(when.metric, missed.metric) &&
    allows(when.priority, missed.priority) &&
    allows(when.team, missed.team) &&
    allows(when.package, missed.package) &&
    allows(when.channel, missed.channel) &&
    allows(when.tier, missed.tier)
  );
}
