import { describe, expect, test } from "vitest";
import { WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import type { TargetRule } from "../policy/policy.ts";
import { mismatch, segment, targetRule } from "./target.ts";

const promised = { priority: "high", channel: "portal", package: "gold", accountId: "acct_a", product: "printer" };

function rule(change: Partial<TargetRule["when"]>, warnings: TargetRule["warnings"] = []): TargetRule {
  return {
    id: "one",
    when: { metric: ["first-response"], ...change },
    length: { minutes: 100 },
    clock: "team-hours",
    warnings,
  };
}

describe("a rule matches", () => {
  test.each<[TargetRule["when"], string | undefined]>([
    [{ metric: ["first-response"] }, undefined],
    [{ metric: ["update"] }, "metric"],
    [{ metric: ["first-response"], priority: ["low"] }, "priority"],
    [{ metric: ["first-response"], package: ["standard"] }, "package"],
    [{ metric: ["first-response"], accountId: ["acct_b"] }, "accountId"],
    [{ metric: ["first-response"], product: ["scanner"] }, "product"],
    [{ metric: ["first-response"], channel: ["email"] }, "channel"],
    [
      {
        metric: ["first-response"],
        priority: ["low", "high"],
        package: ["gold"],
        accountId: ["acct_a"],
        product: ["printer"],
        channel: ["portal"],
      },
      undefined,
    ],
  ])("%j: what does not hold is %s", (when, expected) => {
    expect(mismatch(rule(when), "first-response", promised)).toBe(expected);
  });

  test("no case that lacks what a rule asks for", () => {
    const { priority, channel } = promised;
    expect(mismatch(rule({ package: ["gold"] }), "first-response", { priority, channel })).toBe("package");
  });

  test("first of all those that do", () => {
    const policy = { ...exampleRulebook().policy, targets: [rule({ priority: ["low"] }), { ...rule({}), id: "two" }] };
    expect(targetRule(policy, "first-response", promised)?.id).toBe("two");
    expect(targetRule(policy, "update", promised)).toBeUndefined();
  });
});

test("warnings are shares of the target, the lowest first; those before its start are none", () => {
  const warnings = [{ percent: 75 }, { minutesLeft: 50 }, { minutesLeft: 100 }, { minutesLeft: 120 }, { percent: 20 }];
  const { warnAtPercents } = segment(exampleRulebook(), rule({}, warnings), {
    team: "main",
    from: WEDNESDAY_10_NY,
    measuredFrom: WEDNESDAY_10_NY,
    combine: "replace",
    priority: "high",
  });
  expect(warnAtPercents).toEqual([20, 50, 75]);
});
