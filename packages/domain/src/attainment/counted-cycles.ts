import type { Case } from "../case/case.ts";
import { evolve } from "../case/evolve.ts";
import type { Fact } from "../case/facts.ts";
import type { Metric } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";

/** How a counted cycle came out; a breach that somebody excused is `waived`. */
export type CountedOutcome = "met" | "breached" | "waived";

/** A cycle that counts for attainment, with what it is counted under. */
export interface CountedCycle {
  readonly metric: Metric;
  readonly cycle: number;
  readonly outcome: CountedOutcome;
  /** When it ended or was due, whichever came first; the rest is as it was then (sla.md, attainment). */
  readonly at: Instant;
  readonly priority: string | undefined;
  readonly team: string | undefined;
  readonly package: string | undefined;
}

/**
 * The cycles of a case that count, from its facts alone, append by append. A broken promise counts whatever became of
 * its cycle later. One that runs or was cancelled does not, nor does one that was met and then went on; a breach counts
 * from when it is recorded. A case that bears the mark of spam or of a test counts nothing, as long as it bears it.
 */
export function countedCycles(appends: Iterable<readonly Fact[]>, caseId: string): CountedCycle[] {
  const counted = new Map<string, CountedCycle>();
  let current: Case | undefined;
  for (const facts of appends) {
    for (const fact of facts) {
      if (current !== undefined) count(counted, current, fact);
      current = evolve(current, fact, caseId);
    }
  }
  return current === undefined || NOT_COUNTED.some((mark) => current.marks.includes(mark)) ? [] : [...counted.values()];
}

const NOT_COUNTED = ["spam", "test"] as const;

/** The case is as it was before the fact: whoever changes its clocks records a breach that is certain first. */
function count(counted: Map<string, CountedCycle>, current: Case, fact: Fact): void {
  if (!("cycle" in fact)) return;
  const key = `${fact.metric} ${fact.cycle}`;
  const before = counted.get(key);
  const isBroken = before !== undefined && before.outcome !== "met";
  switch (fact.type) {
    case "ClockBreached":
      if (!isBroken)
        counted.set(key, counting(current, fact, { outcome: "breached", at: fact.dueAt, team: fact.team }));
      return;
    case "ClockStopped":
      if (isBroken) return;
      counted.set(
        key,
        fact.outcome === "met"
          ? counting(current, fact, { outcome: "met", at: fact.stoppedAt, team: current.team })
          : counting(current, fact, { outcome: "breached", at: fact.dueAt ?? fact.stoppedAt, team: current.team }),
      );
      return;
    case "ClockReopened":
      if (!isBroken) counted.delete(key);
      return;
    case "ClockWaived":
      if (isBroken) counted.set(key, { ...before, outcome: "waived" });
      return;
    default:
  }
}

function counting(
  current: Case,
  { metric, cycle }: Pick<CountedCycle, "metric" | "cycle">,
  came: Pick<CountedCycle, "outcome" | "at" | "team">,
): CountedCycle {
  return { metric, cycle, ...came, priority: current.priority, package: current.package };
}
