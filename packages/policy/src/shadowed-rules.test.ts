import type { ClassificationRule, EscalationRule, TargetRule } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allCases, decidedBy } from "./rule-regions.ts";
import { shadowedRules } from "./shadowed-rules.ts";
import { shippedPolicy } from "./shipped-policy.ts";

const SHIPPED = shippedPolicy();

describe("rules of which the first that matches wins", () => {
  test("all are reached in what ships", () => {
    expect(shadowedRules(SHIPPED)).toEqual([]);
  });

  test.each<[string, ClassificationRule["when"], ClassificationRule["when"], boolean]>([
    ["the same conditions", { channel: ["email"] }, { channel: ["email"] }, true],
    ["fewer values", { channel: ["email", "chat"] }, { channel: ["chat"] }, true],
    ["one condition more", { channel: ["email"] }, { channel: ["email"], subjectWord: "critical" }, true],
    ["no condition before it", {}, { subjectWord: "critical" }, true],
    ["more values", { channel: ["chat"] }, { channel: ["email", "chat"] }, false],
    ["one condition less", { channel: ["email"], subjectWord: "critical" }, { channel: ["email"] }, false],
    ["another value", { subjectWord: "critical" }, { subjectWord: "not-critical" }, false],
    ["another condition", { channel: ["email"] }, { requestedPriority: ["high"] }, false],
    ["none at all", { channel: ["email"] }, {}, false],
  ])("one with %s after another: %o, %o", (_, earlier, later, isShadowed) => {
    const rule = (id: string, when: ClassificationRule["when"]) => ({ id, when, priority: "high" });
    const classification = [rule("earlier", earlier), rule("later", later)];
    const found = shadowedRules({ ...SHIPPED, classification });
    expect(found.map(({ path }) => path)).toEqual(isShadowed ? ["/classification/1"] : []);
    for (const { problem } of found) expect(problem).toMatch(/later.*earlier/);
  });

  test("an escalation rule after one for every tier is not reached", () => {
    const all = SHIPPED.escalation ?? [];
    const top: EscalationRule = { id: "top", when: { tier: [2, 3] }, toTier: 3, tells: ["on-call"] };
    const found = shadowedRules({ ...SHIPPED, escalation: [...all, top] });
    expect(found).toMatchObject([{ code: "unreachable", path: "/escalation/1" }]);
    expect(shadowedRules({ ...SHIPPED, escalation: [top, ...all] })).toEqual([]);
  });

  test("a target for some of the metrics of one before it is not reached", () => {
    const [first] = SHIPPED.targets;
    const late = { ...first, id: "late", when: { ...first?.when, metric: ["next-response"] } } as TargetRule;
    expect(shadowedRules({ ...SHIPPED, targets: [...SHIPPED.targets, late] })).toMatchObject([
      { code: "unreachable", path: "/targets/4" },
    ]);
  });
});

describe("rules that several earlier ones cover together", () => {
  const codes = SHIPPED.channels.map(({ code }) => code);
  const rule = (id: string, when: ClassificationRule["when"]) => ({ id, when, priority: "high" });
  const found = (...classification: ClassificationRule[]) => shadowedRules({ ...SHIPPED, classification });

  test("are named with all that do", () => {
    const [one, ...more] = found(
      rule("urgent", { subjectWord: "critical" }),
      rule("mail", { channel: ["email"] }),
      rule("others", { channel: codes.filter((code) => code !== "email") }),
      rule("rest", {}),
    );
    expect(more).toEqual([]);
    expect(one).toMatchObject({ path: "/classification/3" });
    expect(one?.problem).toContain("the rules urgent, mail, others before it together match all that it does");
  });

  test("are reached as long as one case is left", () => {
    expect(
      found(
        rule("asked", { requestedPriority: ["critical", "high", "medium"] }),
        rule("mail", { channel: codes.slice(1) }),
        rule("rest", {}),
      ),
    ).toEqual([]);
  });

  test("an account that no rule names is left by rules that name some", () => {
    const [first] = SHIPPED.targets;
    if (first === undefined) throw new Error("the shipped policy has targets");
    const target = (id: string, when: Partial<TargetRule["when"]>): TargetRule => ({
      ...first,
      id,
      when: { metric: ["update"], ...when },
    });
    const targets = [
      target("big", { accountId: ["acct_1"] }),
      target("known", { package: ["legacy", "standard"] }),
      target("rest", {}),
      target("late", { accountId: ["acct_1", "acct_2"] }),
    ];
    expect(shadowedRules({ ...SHIPPED, targets })).toMatchObject([{ path: "/targets/3" }]);
  });

  test("one whose names are nowhere is left to those who tell of the names", () => {
    expect(found(rule("fax", { channel: ["fax"] }), rule("rest", {}))).toEqual([]);
  });

  test("are what a slow look at every case finds too", () => {
    const conditions = fc.record(
      {
        channel: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: codes.length }),
        requestedPriority: fc.uniqueArray(fc.constantFrom("critical", "high", "medium", "low"), { minLength: 1 }),
        subjectWord: fc.constantFrom<("critical" | "not-critical")[]>("critical", "not-critical"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 2, maxLength: 8 }), (whens) => {
        const rules = whens.map((when, at) => rule(`r${at}`, when));
        const reached = new Set(everyMessage().map((message) => rules.findIndex(({ when }) => meets(when, message))));
        const slow = rules.flatMap((_, at) => (reached.has(at) ? [] : [`/classification/${at}`]));
        expect(found(...rules).map(({ path }) => path)).toEqual(slow);
      }),
      { numRuns: 300 },
    );
  });

  function everyMessage() {
    return codes.flatMap((channel) =>
      SHIPPED.priorities.flatMap(({ code: requestedPriority }) =>
        ["critical", "not-critical", "none"].map((subjectWord) => ({ channel, requestedPriority, subjectWord })),
      ),
    );
  }

  function meets(when: ClassificationRule["when"], message: ReturnType<typeof everyMessage>[number]): boolean {
    const { channel, requestedPriority, subjectWord } = when;
    return (
      (channel?.includes(message.channel) ?? true) &&
      (requestedPriority?.includes(message.requestedPriority) ?? true) &&
      (subjectWord === undefined || subjectWord === message.subjectWord)
    );
  }

  test("of a policy that cuts finer than anybody could follow, those that one rule covers are told all the same", () => {
    const [first] = SHIPPED.targets;
    if (first === undefined) throw new Error("the shipped policy has targets");
    const targets = Array.from({ length: 500 }, (_, at) => ({
      ...first,
      id: `r${at}`,
      when: { metric: ["update" as const], accountId: [`acct_${at % 400}`], product: [`p${at % 400}`] },
    }));
    expect(decidedBy(targets, allCases({ ...SHIPPED, targets }).targets)).toBeUndefined();
    expect(shadowedRules({ ...SHIPPED, targets })).toHaveLength(100);
  });
});
