import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { FactOf } from "../case/facts.ts";
import type { Metric } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { type Instant, later } from "../time/instant.ts";
import { promisesOf, reachedAt } from "./promise.ts";
import { type PromisedTo, promisedTo, segment, targetRule } from "./target.ts";

/** Starts a cycle of a metric, if the policy promises anything for it. */
export function startClock(
  rulebook: Rulebook,
  metric: Metric,
  cycle: number,
  run: { to: PromisedTo; team: string; startedAt: Instant },
  now: Instant,
  by: Actor,
): FactOf<"ClockStarted">[] {
  const { to, team, startedAt } = run;
  const promised = promisedTo(to);
  const rule = targetRule(rulebook.policy, metric, promised);
  if (rule === undefined) return [];
  const first = segment(rulebook, rule, {
    team,
    // The rules of now count for what lies before it, however many were in force since.
    from: later(now, startedAt),
    measuredFrom: startedAt,
    combine: "replace",
    priority: promised.priority,
  });
  const [promise] = promisesOf({ metric, segments: [first] }, to, rulebook);
  const dueAt = promise && reachedAt(promise, [], rulebook);
  if (dueAt === undefined) throw new Error("a promise without a pause is due");
  return [{ type: "ClockStarted", at: now, by, metric, cycle, startedAt, dueAt, segment: first }];
}

/** Starts the next cycle of a metric on a case that has a team; on one whose triage is owed nothing is promised yet. */
export function startNext(
  current: Case,
  metric: Metric,
  startedAt: Instant,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): FactOf<"ClockStarted">[] {
  const { team, priority } = current;
  if (team === undefined || priority === undefined || current.triageOwed) return [];
  const last = current.clocks.findLast((cycle) => cycle.metric === metric)?.number ?? 0;
  return startClock(rulebook, metric, last + 1, { to: current, team, startedAt }, now, by);
}
