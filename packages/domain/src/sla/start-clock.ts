import type { Actor } from "../access/actor.ts";
import type { FactOf } from "../case/facts.ts";
import type { Metric } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import { segmentDue } from "./due.ts";
import { type Promised, segment, targetRule } from "./target.ts";

/** Starts a cycle of a metric, if the policy promises anything for it. */
export function startClock(
  rulebook: Rulebook,
  metric: Metric,
  cycle: number,
  run: Promised & { team: string; startedAt: Instant },
  now: Instant,
  by: Actor,
): FactOf<"ClockStarted">[] {
  const rule = targetRule(rulebook.policy, metric, run);
  if (rule === undefined) return [];
  const first = segment(rulebook, rule, {
    team: run.team,
    from: run.startedAt,
    measuredFrom: run.startedAt,
    combine: "replace",
  });
  const dueAt = segmentDue(rulebook, first);
  return [{ type: "ClockStarted", at: now, by, metric, cycle, startedAt: run.startedAt, dueAt, segment: first }];
}
