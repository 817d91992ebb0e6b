import type { ClassificationRule, TargetRule } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
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

  test("a target for some of the metrics of one before it is not reached", () => {
    const [first] = SHIPPED.targets;
    const late = { ...first, id: "late", when: { ...first?.when, metric: ["next-response"] } } as TargetRule;
    expect(shadowedRules({ ...SHIPPED, targets: [...SHIPPED.targets, late] })).toMatchObject([
      { code: "unreachable", path: "/targets/4" },
    ]);
  });
});
