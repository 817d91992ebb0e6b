import {
  CATEGORY_OF,
  type Case,
  type Cycle,
  dueOf,
  evolve,
  type FactOf,
  isRunning,
  type Rulebook,
  warningsOf,
} from "@ithaca/domain";
import type { AppendSeen } from "./history.ts";
import { isMoved, stands, stoodAt, wronglyPaused } from "./pauses.ts";
import { SWEPT_MS } from "./sweep-law.ts";

/** How late a breach may be noticed when nothing is in the way: the reconciler's grace, two of its rounds, and the queue. */
export const LATE_MAX_MS = 5 * 60_000;

interface ClockWorld {
  readonly rulebooks: () => readonly Rulebook[];
  readonly rulesChangedAt: () => number;
  readonly violated: (law: string, what: string) => void;
  /** The principals who may excuse a broken promise. */
  readonly leads: ReadonlySet<string>;
  /** How much later than that, for what went wrong between two instants on this case's way. */
  readonly allowanceMs: (caseId: string, from: number, until: number) => number;
}

type Watched = "ClockBreached" | "ClockWarned" | "ClockStopped" | "ClockWaived" | "CaseEscalated";
/** A fact, on the state before it. */
interface Seen<Type extends Watched> {
  readonly state: Case;
  readonly fact: FactOf<Type>;
  readonly caseId: string;
  /** The world's time, which no process knows. */
  readonly at: number;
}

/** Law 4: breaches and warnings, each once, never early, never missed, never of a clock that does not run. */
export function openClockLaw({ rulebooks, rulesChangedAt, violated, leads, allowanceMs }: ClockWorld) {
  const breached = new Set<string>();
  const breachesOf = new Map<string, number>();
  const escalationsOf = new Map<string, number>();
  const lateness: number[] = [];
  /** When the due of each cycle came to be what it is. */
  const movedAt = new Map<string, number>();

  function onAppend({ history, before, facts, at }: AppendSeen): void {
    const { caseId } = history;
    let state = before;
    for (const fact of facts) {
      if (state !== undefined) check(state, fact, caseId, at);
      const next = evolve(state, fact, caseId);
      follow(state, next, at);
      state = next;
    }
    for (const { metric, number } of state === undefined ? [] : wronglyPaused(state))
      violated("clocks", `${caseId} ${metric} ${number} runs or stands, and ${state?.status} says otherwise`);
  }

  function follow(before: Case | undefined, after: Case, at: number): void {
    if (before?.clocks === after.clocks) return;
    for (const cycle of after.clocks) {
      const { metric, number } = cycle;
      const last = before && cycleOf(before, { metric, cycle: number });
      if (last !== cycle && isMoved(last, cycle)) movedAt.set(`${after.id} ${metric} ${number}`, at);
    }
  }

  function check(state: Case, fact: AppendSeen["facts"][number], caseId: string, at: number): void {
    if (fact.type === "ClockBreached") onBreach({ state, fact, caseId, at });
    if (fact.type === "ClockWarned") onWarning({ state, fact, caseId, at });
    if (fact.type === "ClockStopped") onStop({ state, fact, caseId, at });
    if (fact.type === "ClockWaived") onWaiver({ state, fact, caseId, at });
    if (fact.type === "CaseEscalated") onEscalation({ state, fact, caseId, at });
  }

  /** A person who may excuses a promise that was broken, once, and says why. */
  function onWaiver({ state, fact, caseId }: Seen<"ClockWaived">): void {
    const { metric, cycle, reasonId, by } = fact;
    if (!leads.has(by.id)) violated("waivers", `${caseId} ${metric} ${cycle} was excused by ${by.id}, who may not`);
    const breach = state.breaches?.find((one) => one.metric === metric && one.cycle === cycle);
    if (breach?.waived !== false || reasonId === undefined) {
      violated("waivers", `${caseId} ${metric} ${cycle} was excused for nothing, or twice`);
    }
  }

  /** One tier for one broken promise. */
  function onEscalation({ state, fact, caseId }: Seen<"CaseEscalated">): void {
    if (rulebooks().every(({ policy }) => fact.toTier > policy.topTier))
      violated("escalation", `${caseId} went up to ${fact.toTier}, and no tier is so high`);
    if (CATEGORY_OF[state.status] === "done") violated("escalation", `${caseId} went up when it was done`);
    if (fact.fromTier !== state.tier || fact.toTier !== tierByRule(state, fact))
      violated("escalation", `${caseId} went to another tier than its rule says`);
    const times = 1 + (escalationsOf.get(caseId) ?? 0);
    escalationsOf.set(caseId, times);
    if (times > (breachesOf.get(caseId) ?? 0)) violated("escalation", `${caseId} went up twice for one breach`);
  }

  /** Where the rule that the fact names takes the case; nowhere, if its policy has no such rule. */
  function tierByRule({ tier }: Case, { ruleId, policyVersion }: FactOf<"CaseEscalated">): number | undefined {
    const { policy } = rulebooks().find((one) => one.policy.version === policyVersion) ?? {};
    const rule = policy?.escalation?.find(({ id }) => id === ruleId);
    return rule?.toTier === "next" ? tier + 1 : rule?.toTier;
  }

  function onWarning({ state, fact, caseId }: Seen<"ClockWarned">): void {
    const cycle = cycleOf(state, fact);
    if (cycle === undefined || !isRunning(cycle) || cycle.breachedAt !== undefined) {
      violated("warnings", `${caseId} was warned of ${fact.percent} % of a clock that is not watched`);
      return;
    }
    if (stands(cycle)) violated("warnings", `${caseId} was warned of ${fact.percent} % of a clock that stands`);
    const isDue = rulebooks().some((rulebook) =>
      warningsOf(rulebook, dueOf(rulebook, state, cycle)).some(
        ({ percent, at }) => percent === fact.percent && at <= fact.at,
      ),
    );
    if (!isDue) violated("warnings", `${caseId} was warned of ${fact.percent} % too early`);
  }

  function onStop({ state, fact, caseId }: Seen<"ClockStopped">): void {
    const cycle = cycleOf(state, fact);
    if (cycle === undefined || !isRunning(cycle)) {
      violated("clocks", `${caseId}: a clock was stopped twice`);
      return;
    }
    const isInTime = rulebooks().some((rulebook) => {
      const { dueAt } = dueOf(rulebook, state, cycle);
      return dueAt === undefined || fact.stoppedAt <= dueAt;
    });
    const met = isInTime && cycle.breachedAt === undefined;
    if (met !== (fact.outcome === "met")) violated("clocks", `${caseId}: a clock was ${fact.outcome}, and it was not`);
  }

  function onBreach({ state, fact, caseId, at }: Seen<"ClockBreached">): void {
    const name = `${caseId} ${fact.metric} ${fact.cycle}`;
    if (breached.has(name)) violated("breaches", `${name} was breached twice`);
    breached.add(name);
    breachesOf.set(caseId, (breachesOf.get(caseId) ?? 0) + 1);
    const cycle = cycleOf(state, fact);
    if (cycle === undefined || !isRunning(cycle)) {
      violated("breaches", `${name} was breached while it did not run`);
      return;
    }
    const dues = rulebooks().map((rulebook) => dueOf(rulebook, state, cycle).dueAt);
    if (!dues.includes(fact.dueAt))
      violated("breaches", `${name} was breached at ${fact.dueAt}, due ${dues.join(", ")}`);
    if (fact.at <= fact.dueAt) violated("breaches", `${name} was breached ${fact.dueAt - fact.at} ms early`);
    if (stoodAt(cycle, fact.dueAt)) violated("breaches", `${name} was breached at ${fact.dueAt}, when it stood`);
    onTime(name, fact, { caseId, at });
  }

  function onTime(
    name: string,
    { dueAt }: FactOf<"ClockBreached">,
    { caseId, at }: { caseId: string; at: number },
  ): void {
    // Dues that other rules moved are known once the sweep over all open cases is through.
    const moved = rulesChangedAt();
    const lateMs = at - Math.max(dueAt, movedAt.get(name) ?? 0, moved <= at ? Math.min(at, moved + SWEPT_MS) : 0);
    lateness.push(lateMs);
    if (lateMs <= LATE_MAX_MS) return;
    const most = LATE_MAX_MS + allowanceMs(caseId, dueAt, at);
    if (lateMs > most) violated("lateness", `${name} was noticed ${lateMs} ms late, and ${most} ms are allowed`);
  }

  return { onAppend, breached, lateness };
}

function cycleOf(state: Case, { metric, cycle }: { metric: Cycle["metric"]; cycle: number }): Cycle | undefined {
  return state.clocks.find((one) => one.metric === metric && one.number === cycle);
}
