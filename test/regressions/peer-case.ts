import {
  applyAppend,
  type Case,
  type Decision,
  dueOf,
  type Instant,
  instantOf,
  isRefused,
  type Metric,
  openCase,
  type Policy,
  plus,
  type Rulebook,
  system,
  toIso,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { shippedRulebook } from "../sla/shipped-rulebook.ts";

export const HOUR_MS = 3_600_000;
export const BY = system("regression");

/** A Wednesday, 10:00 in New York, on summer time. */
export const OPENED = "2026-06-10T14:00:00Z";
/** So many hours after it. */
export const hours = (n: number): Instant => plus(instantOf(OPENED), n * HOUR_MS);

/** The shipped policy with one more promise. */
export function promising(metric: Metric, length: Policy["targets"][number]["length"]): Rulebook {
  const rule = { id: "extra", when: { metric: [metric] }, length, clock: "team-hours" as const, warnings: [] };
  return shippedRulebook({ targets: [rule, ...shippedRules.policy.targets] });
}

/** A case of the portal. */
export function opened(at: string, requestedPriority: string, rulebook: Rulebook): Case {
  const receivedAt = instantOf(at);
  const opening = {
    messageId: "msg_1",
    channel: "portal",
    requestedPriority,
    receivedAt,
    automatic: false,
    requesterId: "person_jo",
    senderVerified: true,
    accountTeam: "main",
  };
  return applyAppend(undefined, openCase(opening, rulebook, receivedAt, BY), "case_100000009");
}

/** The case after a decision, which must not be a refusal. */
export function stateAfter(current: Case, decision: Decision): Case {
  if (isRefused(decision)) throw new Error(decision.refused);
  return decision.length === 0 ? current : applyAppend(current, decision, current.id);
}

export function clockOf(current: Case, metric: Metric) {
  const cycle = current.clocks.find((one) => one.metric === metric);
  if (cycle === undefined) throw new Error(`no ${metric}`);
  return cycle;
}

/** When a clock is due, as it is written; undefined while it stands. */
export function dueText(current: Case, metric: Metric, rulebook: Rulebook): string | undefined {
  const { dueAt } = dueOf(rulebook, current, clockOf(current, metric));
  return dueAt && toIso(dueAt);
}
