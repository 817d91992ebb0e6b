import * as z from "zod/mini";
import { alwaysInForce } from "../policy/fixed-rulebook.ts";
import { Metric } from "../policy/policy.ts";
import type { Rulebook, RulesInForce } from "../policy/rulebook.ts";
import type { Cycle } from "../sla/clock.ts";
import { shownDue } from "../sla/due.ts";
import { Code } from "../text/code.ts";
import { Instant } from "../time/instant.ts";
import { classifiesAnew, type Proposal, proposedRules } from "./proposed-rules.ts";
import { type RecordedCase, type ReplayedCase, replayCase } from "./replay-case.ts";

/** How a cycle came out, or that it still runs. A broken promise that was excused is `waived`. */
export const Outcome = z.enum(["met", "breached", "waived", "cancelled", "running"]);
export type Outcome = z.infer<typeof Outcome>;

/** A cycle under one set of rules. */
export const CycleUnder = z.object({ dueAt: Instant, outcome: Outcome, team: Code, priority: z.optional(Code) });
export type CycleUnder = z.infer<typeof CycleUnder>;

/** A cycle under the rules in force and under those proposed; on one side only where the other promises nothing. */
export interface CyclePreview {
  key: string;
  metric: Metric;
  before: CycleUnder | undefined;
  after: CycleUnder | undefined;
  /** Another due or another outcome, or a promise on one side only. */
  changed: boolean;
}

/** What a proposal would have made of one case. */
export interface CasePreview {
  caseId: string;
  accountId: string | undefined;
  openedAt: Instant;
  cycles: CyclePreview[];
  /** How much that people did the proposal has no place for: a hand-over to a team that it does not have. */
  leftOut: number;
}

/** The two sets of rules that are compared, each as if it had always been in force. */
export interface Compared {
  before: Rulebook;
  after: Rulebook;
  /** Until when the world is looked at. */
  now: Instant;
  /** Whether priorities are decided anew, for the proposal asks for them otherwise. */
  classifyAnew: boolean;
}

/** A proposal beside the rules in force, as of an instant. */
export function compareRules(inForce: RulesInForce, proposal: Proposal, now: Instant): Compared {
  const [before, after] = [alwaysInForce(inForce), proposedRules(inForce, proposal)];
  return { before, after, now, classifyAnew: classifiesAnew(before, after) };
}

/** Compares how a recorded case would stand under two sets of rules. Undefined for one that was opened after `now`. */
export function previewCase(recorded: RecordedCase, compared: Compared): CasePreview | undefined {
  const { now, classifyAnew } = compared;
  const before = replayCase(recorded, compared.before, now, { classifyAnew });
  const after = replayCase(recorded, compared.after, now, { classifyAnew });
  if (before === undefined || after === undefined) return undefined;

  const under = {
    before: cyclesUnder(before, compared.before, now),
    after: cyclesUnder(after, compared.after, now),
  };
  const keys = new Set([...under.before.keys(), ...under.after.keys()]);
  return {
    caseId: recorded.caseId,
    accountId: before.current.accountId,
    openedAt: before.current.openedAt,
    cycles: Array.from(keys, (key) => comparedCycle(key, under.before.get(key), under.after.get(key))),
    leftOut: after.leftOut,
  };
}

function comparedCycle(key: string, before: CycleUnder | undefined, after: CycleUnder | undefined): CyclePreview {
  const [metric] = key.split(" ");
  const changed = before?.dueAt !== after?.dueAt || before?.outcome !== after?.outcome;
  return { key, metric: z.parse(Metric, metric), before, after, changed };
}

function cyclesUnder(replayed: ReplayedCase, rules: Rulebook, now: Instant): Map<string, CycleUnder> {
  const { current, cycles } = replayed;
  const waived = new Set(
    (current.breaches ?? []).filter((breach) => breach.waived).map(({ metric, cycle }) => `${metric} ${cycle}`),
  );
  return new Map(
    cycles.map(({ key, cycle }) => {
      const last = cycle.segments.at(-1);
      const isWaived = waived.has(`${cycle.metric} ${cycle.number}`);
      const under = {
        dueAt: shownDue(rules, current, cycle, now),
        outcome: outcomeOf(cycle, isWaived),
        team: last?.team ?? "",
        priority: last?.priority,
      };
      return [key, under];
    }),
  );
}

function outcomeOf({ breachedAt, outcome }: Cycle, isWaived: boolean): Outcome {
  if (breachedAt !== undefined) return isWaived ? "waived" : "breached";
  return outcome === "met" || outcome === "cancelled" ? outcome : "running";
}
