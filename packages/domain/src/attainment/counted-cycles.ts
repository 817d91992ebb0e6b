import * as z from "zod/mini";
import type { Case } from "../case/case.ts";
import { evolve } from "../case/evolve.ts";
import type { Fact } from "../case/facts.ts";
import { Metric } from "../policy/policy.ts";
import { Code } from "../text/code.ts";
import { Instant } from "../time/instant.ts";

/** How a counted cycle came out; a breach that somebody excused is `waived`. */
export const CountedOutcome = z.enum(["met", "breached", "waived"]);
export type CountedOutcome = z.infer<typeof CountedOutcome>;

/** A cycle that counts for attainment, with what it is counted under. */
export const CountedCycle = z.object({
  metric: Metric,
  cycle: z.int().check(z.gte(1)),
  outcome: CountedOutcome,
  /** When it ended or was due, whichever came first; the rest is as it was then (sla.md, attainment). */
  at: Instant,
  priority: z.optional(Code),
  team: z.optional(Code),
  package: z.optional(Code),
});
export type CountedCycle = z.infer<typeof CountedCycle>;

/** Which cycle of a case. */
export type CycleName = Pick<CountedCycle, "metric" | "cycle">;

/** The cycles of a case that came out, each by its name (`cycleKey`). */
export type Outcomes = Map<string, CountedCycle>;

/** The name of a cycle among those of its case. */
export function cycleKey({ metric, cycle }: CycleName): string {
  return `${metric}.${cycle}`;
}

/**
 * The cycles of a case that count, from its facts alone, append by append. A broken promise counts whatever became of
 * its cycle later. One that runs or was cancelled does not, nor does one that was met and then went on; a breach counts
 * from when it is recorded. A case that bears the mark of spam or of a test counts nothing, as long as it bears it.
 */
export function countedCycles(appends: Iterable<readonly Fact[]>, caseId: string): CountedCycle[] {
  const outcomes: Outcomes = new Map();
  let current: Case | undefined;
  for (const facts of appends) current = followOutcomes(outcomes, current, facts, caseId);
  return current === undefined || !isCounted(current) ? [] : [...outcomes.values()];
}

/** Whether the cycles of a case count for attainment, as it is now. */
export function isCounted({ marks }: Pick<Case, "marks">): boolean {
  return !NOT_COUNTED.some((mark) => marks.includes(mark));
}

const NOT_COUNTED = ["spam", "test"] as const;

/** Takes what an append did into the outcomes of its case, and gives the state after its facts. */
export function followOutcomes(
  outcomes: Outcomes,
  before: Case | undefined,
  facts: readonly Fact[],
  caseId: string,
): Case | undefined {
  let current = before;
  for (const fact of facts) {
    if (current !== undefined) follow(outcomes, current, fact);
    current = evolve(current, fact, caseId);
  }
  return current;
}

/**
 * The outcomes that one must know to take an append in: those of some cycles, or all that the case has. Most appends ask
 * for none, for that a promise was met or broken is told by its fact.
 */
export function outcomesAskedFor(before: Case | undefined, facts: readonly Fact[]): "all" | CycleName[] {
  const asked: CycleName[] = [];
  for (const fact of facts) {
    switch (fact.type) {
      case "CaseMarked":
      case "CaseUnmarked":
        if (NOT_COUNTED.some((mark) => mark === fact.mark)) return "all";
        break;
      case "ClockReopened":
      case "ClockWaived":
        asked.push(fact);
        break;
      case "ClockStopped":
        if (wasBroken(before, fact)) asked.push(fact);
    }
  }
  return asked;
}

function wasBroken(before: Case | undefined, { metric, cycle }: CycleName): boolean {
  const found = before?.clocks.find((one) => one.metric === metric && one.number === cycle);
  return found?.breachedAt !== undefined;
}

/** The case is as it was before the fact: whoever changes its clocks records a breach that is certain first. */
function follow(outcomes: Outcomes, current: Case, fact: Fact): void {
  if (!("cycle" in fact)) return;
  const key = cycleKey(fact);
  const before = outcomes.get(key);
  const isBroken = before !== undefined && before.outcome !== "met";
  switch (fact.type) {
    case "ClockBreached":
      if (!isBroken)
        outcomes.set(key, counting(current, fact, { outcome: "breached", at: fact.dueAt, team: fact.team }));
      return;
    case "ClockStopped":
      // A breach that nobody counted, for it is older than the counts, is counted by its own fact (recount) and not by this.
      if (isBroken || wasBroken(current, fact)) return;
      outcomes.set(
        key,
        fact.outcome === "met"
          ? counting(current, fact, { outcome: "met", at: fact.stoppedAt, team: current.team })
          : counting(current, fact, { outcome: "breached", at: fact.dueAt ?? fact.stoppedAt, team: current.team }),
      );
      return;
    case "ClockReopened":
      if (!isBroken) outcomes.delete(key);
      return;
    case "ClockWaived":
      if (isBroken) outcomes.set(key, { ...before, outcome: "waived" });
      return;
    default:
  }
}

function counting(
  current: Case,
  { metric, cycle }: CycleName,
  came: Pick<CountedCycle, "outcome" | "at" | "team">,
): CountedCycle {
  return { metric, cycle, ...came, priority: current.priority, package: current.package };
}
