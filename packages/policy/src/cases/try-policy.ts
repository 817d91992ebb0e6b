import {
  type Calendar,
  type Escalation,
  escalationOf,
  type Fact,
  type FactOf,
  fixedRulebook,
  type Instant,
  isRefused,
  type Missed,
  mayPage,
  type Policy,
  type ReviewFlag,
  type Rulebook,
  requestedPriority,
  system,
  triageFacts,
} from "@ithaca/domain";
import type { PolicyCase } from "./policy-case.ts";

/** What a policy makes of a message, and by which rules. */
export interface Outcome {
  readonly priority: string;
  readonly team: string;
  /** When the first response is due; null: nothing is promised. */
  readonly due: Instant | null;
  /** On-call is told at once: the priority pages, no team is open, and the sender may wake somebody. */
  readonly pages: boolean;
  readonly flag: ReviewFlag | null;
  /** The tier that it goes to when its first response is missed; null: it stays in the first. */
  readonly escalatesTo: number | null;
  readonly rules: {
    readonly classification: string;
    readonly routing: string;
    readonly target: string | null;
    readonly escalation: string | null;
  };
}

/** A case with what came out; `differs` names what is not as expected, none when it passes. */
export interface TriedCase {
  readonly name: string;
  readonly expected: PolicyCase["expect"];
  readonly actual: Outcome;
  readonly differs: readonly (keyof PolicyCase["expect"])[];
}

const BY = system("policy-test");

/**
 * Triages each case as intake does, by a policy that the linter has no error in and the calendars that it names. Nothing
 * is asked of a desk. Cases that `casesFaults` finds a fault in make it throw.
 */
export function tryPolicy(policy: Policy, calendars: readonly Calendar[], cases: readonly PolicyCase[]): TriedCase[] {
  const rulebook = fixedRulebook(policy, calendars);
  return cases.map((one) => {
    const actual = outcomeOf(one, rulebook);
    const { name, expect: expected } = one;
    const asked = Object.keys(expected) as (keyof typeof expected)[];
    return { name, expected, actual, differs: asked.filter((field) => expected[field] !== actual[field]) };
  });
}

function outcomeOf(
  { at, channel, subject, requestedPriority: asked, account, sender }: PolicyCase,
  rulebook: Rulebook,
): Outcome {
  const { policy } = rulebook;
  const facts = triageFacts(
    {
      channel,
      subject,
      requestedPriority: requestedPriority(policy, asked),
      accountTeam: account?.team,
      accountId: account?.id,
      package: account?.package,
      receivedAt: at,
    },
    rulebook,
    at,
    BY,
  );
  const { priority, flag, ruleId: classification } = one(facts, "PriorityClassified");
  const { team, ruleId: routing } = one(facts, "CaseRouted");
  const clock = facts.find(
    (fact): fact is FactOf<"ClockStarted"> => fact.type === "ClockStarted" && fact.metric === "first-response",
  );
  const way = policy.channels.find(({ code }) => code === channel);
  const known = {
    verified: sender !== "unknown",
    vouchedFor: way?.vouchesForSender === true,
    hasAccount: account !== undefined,
  };
  const escalation = escalationIfMissed(policy, { priority, team, channel, package: account?.package });
  return {
    priority,
    team,
    due: clock?.dueAt ?? null,
    pages: facts.some(({ type }) => type === "CoverageGapFound") && mayPage(way, known),
    flag: flag ?? null,
    escalatesTo: escalation?.toTier ?? null,
    rules: {
      classification,
      routing,
      target: clock?.segment.ruleId ?? null,
      escalation: escalation?.ruleId ?? null,
    },
  };
}

/** What becomes of a first response that is missed; undefined: nothing. */
function escalationIfMissed(policy: Policy, opened: Omit<Missed, "metric" | "tier">): Escalation | undefined {
  const escalation = escalationOf(policy, { ...opened, metric: "first-response", tier: 1 });
  return isRefused(escalation) ? undefined : escalation;
}

function one<Type extends Fact["type"]>(facts: readonly Fact[], type: Type): FactOf<Type> {
  const found = facts.find((fact): fact is FactOf<Type> => fact.type === type);
  if (found === undefined) throw new Error(`triage gave no ${type}`);
  return found;
}
