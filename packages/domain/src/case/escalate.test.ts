import { describe, expect, test } from "vitest";
import { owedBy } from "../effect/owed-by.ts";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import type { EscalationRule } from "../policy/policy.ts";
import { HOUR_MS, plus } from "../time/instant.ts";
import { escalate } from "./escalate.ts";
import { Fact } from "./facts.ts";
import { project } from "./projection.ts";
import { take } from "./take.ts";

const NOW = plus(WEDNESDAY_10_NY, 5 * HOUR_MS);
const RULES: EscalationRule[] = [
  { id: "urgent", when: { priority: ["critical", "high"], tier: [1] }, toTier: 3, tells: ["on-call", "team-lead"] },
  { id: "late-solution", when: { metric: ["resolution"] }, toTier: "next", tells: ["assignee"] },
  {
    id: "bought-more",
    when: { package: ["standard"], team: ["main"], channel: ["portal"] },
    toTier: "next",
    tells: ["team-lead"],
  },
];
const rulebook = exampleRulebook({ escalation: RULES });
const { policy } = rulebook;
const { case: high } = openedCase({ requestedPriority: "high" });
const { case: medium } = openedCase({ requestedPriority: "medium" });
const first = { fromTier: 1, metric: "first-response" } as const;

describe("when a policy has escalation rules", () => {
  test("the first that matches decides, and the fact names it", () => {
    expect(escalate(high, first, policy, NOW, BY)).toEqual([
      {
        type: "CaseEscalated",
        at: NOW,
        by: BY,
        fromTier: 1,
        toTier: 3,
        metric: "first-response",
        ruleId: "urgent",
        policyVersion: policy.version,
        tells: ["on-call", "team-lead"],
      },
    ]);
  });

  test.each([
    ["the metric", medium, { fromTier: 1, metric: "resolution" }, "late-solution"],
    ["package, team and channel", medium, first, "bought-more"],
    ["the tier", { ...high, tier: 2 }, { ...first, fromTier: 2 }, "bought-more"],
    ["nothing of a metric that older code did not name", medium, { fromTier: 1 }, "bought-more"],
  ] as const)("a rule goes by %s", (_, current, missed, ruleId) => {
    expect(escalate(current, missed, policy, NOW, BY)).toMatchObject([{ ruleId, toTier: current.tier + 1 }]);
  });

  test("a case that no rule matches stays where it is", () => {
    const { case: other } = openedCase({ requestedPriority: "medium", package: undefined });
    expect(escalate(other, first, policy, NOW, BY)).toEqual({ refused: "not-escalated" });
    expect(escalate(high, first, { ...policy, escalation: [] }, NOW, BY)).toEqual({ refused: "not-escalated" });
  });

  test("none goes over the top tier, and none goes down", () => {
    const only = (toTier: number | "next") => ({
      ...policy,
      escalation: [{ id: "one", when: {}, toTier, tells: ["team-lead" as const] }],
    });
    expect(escalate(high, first, { ...only(3), topTier: 2 }, NOW, BY)).toEqual({ refused: "top-tier" });
    expect(escalate({ ...high, tier: 3 }, { ...first, fromTier: 3 }, only("next"), NOW, BY)).toEqual({
      refused: "top-tier",
    });
    expect(escalate({ ...high, tier: 2 }, { ...first, fromTier: 2 }, only(2), NOW, BY)).toEqual({
      refused: "top-tier",
    });
  });
});

describe("when a policy was made before there were such rules", () => {
  test("the case goes one tier up, and the fact is as it always was", () => {
    const { escalation: _, ...older } = policy;
    const decided = escalate(high, { fromTier: 1 }, older, NOW, BY);
    expect(decided).toEqual([{ type: "CaseEscalated", at: NOW, by: BY, fromTier: 1, toTier: 2 }]);
    expect(Fact.parse({ ...factsOf(decided)[0], at: "2026-11-25T20:00:00Z" })).toMatchObject({ toTier: 2 });
  });
});

describe("whom an escalation tells", () => {
  function told(tells: EscalationRule["tells"], opening: Parameters<typeof openedCase>[0] = {}, taken = false) {
    const { case: opened } = openedCase({ requestedPriority: "high", ...opening });
    const current = taken ? stateAfter(opened, take(opened, "prin_ann", NOW, BY)) : opened;
    const rules = { ...policy, escalation: [{ id: "one", when: {}, toTier: "next" as const, tells }] };
    const facts = factsOf(escalate(current, first, rules, NOW, BY));
    const next = stateAfter(current, facts);
    const wakeAtBefore = project(current, rulebook).wakeAt;
    const owed = owedBy({ facts, next, projection: project(next, rulebook), wakeAtBefore }, NOW);
    return owed.flatMap((one) =>
      one.owed.kind === "mail" ? [`${one.status} ${one.owed.template} ${one.owed.to.kind}`] : [],
    );
  }

  test.each<[string, EscalationRule["tells"], string[], Parameters<typeof openedCase>[0]?, boolean?]>([
    ["those whom the rule names", ["on-call", "team-lead"], ["on-call", "team-lead"]],
    ["the agent who has the case", ["assignee"], ["agent"], {}, true],
    ["its lead, while it is nobody's", ["assignee"], ["team-lead"]],
    ["each once", ["team-lead", "team-lead"], ["team-lead"]],
  ])("%s", (_, tells, kinds, opening, taken) => {
    expect(told(tells, opening, taken)).toEqual(kinds.map((kind) => `pending escalation ${kind}`));
  });

  test("a stranger's case wakes nobody, and its lead is told instead", () => {
    expect(told(["on-call"], { senderVerified: false })).toEqual([
      "abandoned escalation on-call",
      "pending escalation team-lead",
    ]);
    expect(told(["on-call", "assignee"], { senderVerified: false }, true)).toEqual([
      "abandoned escalation on-call",
      "pending escalation agent",
      "pending escalation team-lead",
    ]);
    expect(told(["team-lead", "on-call"], { senderVerified: false })).toEqual([
      "pending escalation team-lead",
      "abandoned escalation on-call",
    ]);
  });
});
