import { regularOpeningMs } from "../calendar/regular-opening.ts";
import type { Case } from "../case/case.ts";
import type { Metric, Policy, TargetRule, Warning } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { teamCalendar } from "../routing/route.ts";
import { type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Segment } from "./clock.ts";

/** What the choice of a target goes by. */
export interface Promised {
  priority: string;
  channel: string;
  package?: string | undefined;
  accountId?: string | undefined;
  product?: string | undefined;
}

/** What of a case its targets go by. */
export type PromisedTo = Pick<Case, "channel" | "accountId" | "package" | "product" | "priority" | "requestedPriority">;

/** What the choice of a target goes by on a case. */
export function promisedTo({
  priority,
  requestedPriority,
  channel,
  accountId,
  product,
  ...rest
}: PromisedTo): Promised {
  return { priority: priority ?? requestedPriority, channel, accountId, product, package: rest.package };
}

/** The first rule that matches, or none: then there is no promise for this metric. */
export function targetRule(policy: Policy, metric: Metric, promised: Promised): TargetRule | undefined {
  return policy.targets.find((rule) => mismatch(rule, metric, promised) === undefined);
}

/** The condition of a rule that does not hold, by its name; undefined when the rule matches. */
export function mismatch(
  { when }: TargetRule,
  metric: Metric,
  promised: Promised,
): keyof TargetRule["when"] | undefined {
  if (!when.metric.includes(metric)) return "metric";
  if (!allows(when.priority, promised.priority)) return "priority";
  if (!allows(when.package, promised.package)) return "package";
  if (!allows(when.accountId, promised.accountId)) return "accountId";
  if (!allows(when.product, promised.product)) return "product";
  if (!allows(when.channel, promised.channel)) return "channel";
  return undefined;
}

/** Whether a condition of a rule holds for a value: one that is not given always does. */
export function allows<Value extends string | number>(
  oneOf: readonly Value[] | undefined,
  value: Value | undefined,
): boolean {
  return oneOf === undefined || (value !== undefined && oneOf.includes(value));
}

/** A segment that measures a rule on a team's hours from an instant on. */
export function segment(
  rulebook: Pick<Rulebook, "policy" | "calendar">,
  rule: TargetRule,
  run: { team: string; from: Instant; measuredFrom: Instant; combine: Segment["combine"]; priority: string },
): Segment {
  const { calendar } = teamCalendar(rulebook, run.team);
  const openMs =
    "minutes" in rule.length
      ? rule.length.minutes * MINUTE_MS
      : rule.length.businessDays * regularOpeningMs(calendar, run.measuredFrom);

  const lengthMs = Math.max(1, Math.round(openMs));
  return {
    from: run.from,
    measuredFrom: run.measuredFrom,
    openMs: lengthMs,
    team: run.team,
    ...(rule.clock === "team-hours" && { calendar: { id: calendar.id, version: calendar.version } }),
    policyVersion: rulebook.policy.version,
    ruleId: rule.id,
    priority: run.priority,
    warnAtPercents: percentsOf(rule.warnings, lengthMs),
    combine: run.combine,
  };
}

/** The thresholds of a target as shares of its length, the lowest first. */
function percentsOf(warnings: readonly Warning[], lengthMs: number): number[] {
  return warnings
    .map((warning) =>
      "percent" in warning ? warning.percent : 100 - (100 * warning.minutesLeft * MINUTE_MS) / lengthMs,
    )
    .filter((percent) => percent > 0)
    .sort((a, b) => a - b);
}
