import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { Fact, FactOf } from "../case/facts.ts";
import type { Metric } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { CancelReason, Cycle } from "./clock.ts";
import { breachCertainAt, dueOf, isTold, isWatched, shownDue, warningsOf } from "./due.ts";
import { isRunning } from "./running.ts";

/**
 * The breaches that are certain by now and not yet recorded. Whoever changes a case's clocks records them first, so
 * that a late timer cannot rescue a missed target.
 */
export function settleBreaches(current: Case, rulebook: Rulebook, now: Instant, by: Actor): FactOf<"ClockBreached">[] {
  return current.clocks.filter(isWatched).flatMap((cycle) => {
    const { dueAt, governing } = dueOf(rulebook, current, cycle);
    if (dueAt === undefined || now < breachCertainAt(dueAt)) return [];
    const { team } = governing;
    return [{ type: "ClockBreached" as const, at: now, by, ...nameOf(cycle), dueAt, team, tier: current.tier }];
  });
}

/** The warnings that are due by now: of several passed at once only the highest is told (sla.md, warnings). */
export function settleWarnings(current: Case, rulebook: Rulebook, now: Instant, by: Actor): FactOf<"ClockWarned">[] {
  return current.clocks.filter(isWatched).flatMap((cycle) => {
    const standing = dueOf(rulebook, current, cycle);
    const { dueAt } = standing;
    if (dueAt === undefined || now >= breachCertainAt(dueAt)) return [];
    const highest = warningsOf(rulebook, standing).findLast((due) => due.at <= now && !isTold(cycle, due));
    if (highest === undefined) return [];
    return [{ type: "ClockWarned" as const, at: now, by, ...nameOf(cycle), percent: highest.percent, dueAt }];
  });
}

/** The metrics that words to the customer end, and those that the end of the work ends. */
export const ANSWERED: readonly Metric[] = ["first-response", "next-response", "update"];
export const WORKED: readonly Metric[] = ["resolution"];

/** Ends the running cycles of some metrics: met at the due or before, missed after. */
export function stopClocks(
  current: Case,
  metrics: readonly Metric[],
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): FactOf<"ClockBreached" | "ClockStopped">[] {
  const stopped = current.clocks.filter((cycle) => isRunning(cycle) && metrics.includes(cycle.metric));
  const breaches = settleBreaches(current, rulebook, now, by);
  return [
    ...breaches,
    ...stopped.map((cycle) => {
      const missed = cycle.breachedAt !== undefined || breaches.some((breach) => isOf(breach, cycle));
      return {
        type: "ClockStopped" as const,
        at: now,
        by,
        ...nameOf(cycle),
        stoppedAt: now,
        dueAt: breaches.find((breach) => isOf(breach, cycle))?.dueAt ?? shownDue(rulebook, current, cycle, now),
        outcome: missed ? ("missed" as const) : ("met" as const),
      };
    }),
  ];
}

/** Ends the running cycles of some metrics, of all unless they are named, as neither met nor missed. */
export function cancelClocks(
  current: Case,
  reason: CancelReason,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
  metrics?: readonly Metric[],
): FactOf<"ClockBreached" | "ClockCancelled">[] {
  return [...settleBreaches(current, rulebook, now, by), ...cancelled(current, reason, now, by, metrics)];
}

function cancelled(
  current: Case,
  reason: CancelReason,
  now: Instant,
  by: Actor,
  metrics?: readonly Metric[],
): FactOf<"ClockCancelled">[] {
  return current.clocks
    .filter((cycle) => isRunning(cycle) && (metrics?.includes(cycle.metric) ?? true))
    .map((cycle) => ({ type: "ClockCancelled" as const, at: now, by, ...nameOf(cycle), reason }));
}

/** Ends the clocks of a case that is resolved without a word: responses that are still owed are cancelled, the work is done. */
export function endSilently(
  current: Case,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): FactOf<"ClockBreached" | "ClockStopped" | "ClockCancelled">[] {
  return [
    ...stopClocks(current, WORKED, rulebook, now, by),
    ...cancelled(current, "resolved-silently", now, by, ANSWERED),
  ];
}

/** What names a cycle on its case. */
export function nameOf(cycle: Cycle): { metric: Cycle["metric"]; cycle: number } {
  return { metric: cycle.metric, cycle: cycle.number };
}

function isOf(fact: Pick<FactOf<"ClockBreached">, "metric" | "cycle">, cycle: Cycle): boolean {
  return fact.metric === cycle.metric && fact.cycle === cycle.number;
}

/** The state's facts so far do not hold the breaches just settled: what they leave to be watched. */
export function unbroken(current: Case, facts: readonly Fact[]): Cycle[] {
  return current.clocks.filter(
    (cycle) => isWatched(cycle) && !facts.some((fact) => fact.type === "ClockBreached" && isOf(fact, cycle)),
  );
}
