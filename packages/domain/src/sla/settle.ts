import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { Fact, FactOf } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { Cycle } from "./clock.ts";
import { breachCertainAt, dueOf, isRunning, warningsOf } from "./due.ts";

/**
 * The breaches that are certain by now and not yet recorded. Whoever changes a case's clocks records them first, so
 * that a late timer cannot rescue a missed target.
 */
export function settleBreaches(current: Case, rulebook: Rulebook, now: Instant, by: Actor): FactOf<"ClockBreached">[] {
  return current.clocks.flatMap((cycle) => {
    if (!isRunning(cycle) || cycle.breachedAt !== undefined) return [];
    const { dueAt, governing } = dueOf(rulebook, cycle.segments);
    if (now < breachCertainAt(dueAt)) return [];
    return [
      {
        type: "ClockBreached" as const,
        at: now,
        by,
        ...nameOf(cycle),
        dueAt,
        team: governing.team,
        tier: current.tier,
      },
    ];
  });
}

/** The warnings that are due by now: of several passed at once only the highest is told (sla.md, warnings). */
export function settleWarnings(current: Case, rulebook: Rulebook, now: Instant, by: Actor): FactOf<"ClockWarned">[] {
  return current.clocks.flatMap((cycle) => {
    if (!isRunning(cycle) || cycle.breachedAt !== undefined) return [];
    const { dueAt } = dueOf(rulebook, cycle.segments);
    if (now >= breachCertainAt(dueAt)) return [];
    const passed = warningsOf(rulebook, cycle).filter(({ percent, at }) => at <= now && percent > cycle.warnedPercent);
    const highest = passed.at(-1);
    if (highest === undefined) return [];
    return [{ type: "ClockWarned" as const, at: now, by, ...nameOf(cycle), percent: highest.percent, dueAt }];
  });
}

/** Ends every running cycle of the metrics that an answer stops: met at the due or before, missed after. */
export function stopByAnswer(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const breaches = settleBreaches(current, rulebook, now, by);
  const stops = current.clocks.filter((cycle) => isRunning(cycle) && STOPPED_BY_ANSWER.includes(cycle.metric));
  return [
    ...breaches,
    ...stops.map((cycle) => {
      const missed = cycle.breachedAt !== undefined || breaches.some((breach) => isOf(breach, cycle));
      return {
        type: "ClockStopped" as const,
        at: now,
        by,
        ...nameOf(cycle),
        stoppedAt: now,
        outcome: missed ? ("missed" as const) : ("met" as const),
      };
    }),
  ];
}

const STOPPED_BY_ANSWER: readonly Cycle["metric"][] = ["first-response", "next-response"];

export function nameOf(cycle: Cycle): { metric: Cycle["metric"]; cycle: number } {
  return { metric: cycle.metric, cycle: cycle.number };
}

function isOf(fact: { metric: Cycle["metric"]; cycle: number }, cycle: Cycle): boolean {
  return fact.metric === cycle.metric && fact.cycle === cycle.number;
}
