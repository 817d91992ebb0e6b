import { type Actor, system } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import { cover, nextCoverAt } from "../case/cover.ts";
import { evolve } from "../case/evolve.ts";
import type { Fact, FactOf } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Cycle } from "../sla/clock.ts";
import { settleBreaches } from "../sla/settle.ts";
import { type Instant, plus } from "../time/instant.ts";
import { appendedAnew, type Memory } from "./append-anew.ts";

/** What was recorded of a case: its appends, oldest first, each the facts of one decision. */
export interface RecordedCase {
  caseId: string;
  appends: readonly (readonly Fact[])[];
  /** The subject of the message that opened it, where it is known: a priority may go by a word in it. */
  subject?: string | undefined;
}

/** A cycle of a replay, by what names it whatever the rules: the metric, its first start, and which of them that was. */
export interface ReplayedCycle {
  key: string;
  cycle: Cycle;
}

/** A case as it would stand had the rules been in force all its life. */
export interface ReplayedCase {
  current: Case;
  cycles: ReplayedCycle[];
  /** How much that people did names a team or a priority that the rules do not have, and is left out. */
  leftOut: number;
}

/** So many hand-overs at closing time are followed between two appends; a case that nobody looks at has no more. */
const COVERS_MAX = 400;

/**
 * Folds what was recorded of a case again under other rules, as if they had been in force all its life, until `now`.
 * What rules decided is decided anew (team, targets, dues, breaches, who covers it at closing time); what people did
 * stays as they did it, at the instant at which they did it. Facts after `now` are left out. Undefined for a case that
 * was opened after it.
 */
export function replayCase(
  recorded: RecordedCase,
  rules: Rulebook,
  now: Instant,
  options: { classifyAnew: boolean },
): ReplayedCase | undefined {
  const run = startRun(recorded, rules, options);
  for (const facts of recorded.appends) {
    const at = facts[0]?.at;
    if (at === undefined || at > now) break;
    run.passTime(at);
    run.append(facts);
  }
  run.passTime(now);
  return run.result();
}

function startRun(recorded: RecordedCase, rules: Rulebook, options: { classifyAnew: boolean }) {
  const { caseId } = recorded;
  const memory: Memory = {
    rules,
    subject: recorded.subject,
    classified: options.classifyAnew ? undefined : firstClassified(recorded.appends),
    leftOut: 0,
  };
  let current: Case | undefined;
  const cycles = new Map<string, Cycle>();
  const keys = new Map<string, string>();

  function apply(facts: readonly Fact[]): void {
    for (const fact of facts) {
      current = evolve(current, fact, caseId);
      if (fact.type === "ClockStarted") keys.set(nameOf(fact), keyOf(fact, cycles));
      for (const cycle of current.clocks) {
        const key = keys.get(`${cycle.metric} ${cycle.number}`);
        if (key !== undefined) cycles.set(key, cycle);
      }
    }
  }

  /** What falls due before an instant happens at its instant: nobody is late in a replay. */
  function passTime(until: Instant): void {
    for (let covers = 0; current !== undefined && covers < COVERS_MAX; covers += 1) {
      const at = nextCoverAt(current, rules, later(current, covers));
      if (at === undefined || at >= until) break;
      settle(at);
      apply(cover(current, rules, at, REPLAYED));
      lookedAt = at;
    }
    settle(until);
    lookedAt = undefined;
  }

  let lookedAt: Instant | undefined;
  function later(state: Case, covers: number): Instant {
    return covers === 0 || lookedAt === undefined ? state.changedAt : plus(lookedAt, 1);
  }

  function settle(at: Instant): void {
    if (current !== undefined) apply(settleBreaches(current, rules, at, REPLAYED));
  }

  return {
    passTime,
    append: (facts: readonly Fact[]) => appendedAnew(facts, memory, { current: () => current, apply }),
    result: (): ReplayedCase | undefined =>
      current === undefined
        ? undefined
        : { current, cycles: Array.from(cycles, ([key, cycle]) => ({ key, cycle })), leftOut: memory.leftOut },
  };
}

const REPLAYED: Actor = system("what-if");

function firstClassified(appends: RecordedCase["appends"]): FactOf<"PriorityClassified"> | undefined {
  for (const facts of appends) {
    const found = facts.find((fact) => fact.type === "PriorityClassified");
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf({ metric, cycle }: FactOf<"ClockStarted">): string {
  return `${metric} ${cycle}`;
}

/** Cycles are told apart by their first start, for their numbers may differ between rules that promise different things. */
function keyOf({ metric, startedAt }: FactOf<"ClockStarted">, cycles: ReadonlyMap<string, Cycle>): string {
  const key = `${metric} ${startedAt}`;
  let which = 1;
  while (cycles.has(`${key} ${which}`)) which += 1;
  return `${key} ${which}`;
}
