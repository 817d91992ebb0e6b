import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOpen } from "../calendar/opening.ts";
import type { Case } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { DAY_MS, HOUR_MS, type Instant, instantOf, MINUTE_MS, plus } from "../time/instant.ts";
import { explainClock } from "./explain-clock.ts";
import { explanationText } from "./explain-clock-text.ts";

const rulebook = exampleRulebook();

function explained(current: Case, rules = rulebook) {
  const [cycle] = current.clocks;
  if (cycle === undefined) throw new Error("the case has no clock");
  const explanation = explainClock(current, cycle, rules, current.changedAt);
  return { explanation, text: explanationText(cycle, explanation) };
}

function raised(current: Case, to: string, now: Instant): Case {
  return stateAfter(current, changePriority(current, { to }, rulebook, now, BY));
}

describe("when a due lies on the other side of a holiday", () => {
  const { explanation, text } = explained(openedCase().case);

  test("the whole of it is told in words, on the wall of the team", () => {
    expect(text).toEqual([
      "first-response 1 is due Fri 2026-11-27 10:00 (America/New_York).",
      "Promised: 12 h of open time of team main (calendar main-hours, version 1), from Wed 2026-11-25 10:00.",
      "Rule medium of policy version 1; passed over: critical (priority), high (priority).",
      "Wed 2026-11-25: counted 10 h; skipped 4 h (night).",
      "Thu 2026-11-26: skipped 24 h (Thanksgiving Day).",
      "Fri 2026-11-27: counted 2 h; skipped 8 h (night).",
      "Counted: 12 h. Skipped: 36 h, Thanksgiving Day among it.",
      "Had it been critical (rule critical): Wed 2026-11-25 12:00.",
      "Had it been high (rule high): Wed 2026-11-25 14:00.",
      "Had it been low (rule low): Mon 2026-11-30 10:00.",
      "Should it be missed: the case goes up to tier 2, team-lead and assignee told.",
    ]);
  });

  test("the spans add up to the target, and each follows on the one before", () => {
    expect(explanation.openMs).toBe(12 * HOUR_MS);
    expect(explanation.spans.at(0)?.from).toBe(explanation.governing.measuredFrom);
    expect(explanation.spans.at(-1)?.until).toBe(explanation.dueAt);
    for (const [at, span] of explanation.spans.entries()) {
      if (at > 0) expect(span.from).toBe(explanation.spans[at - 1]?.until);
    }
  });
});

describe("when the clock runs day and night", () => {
  test("every minute of it is counted", () => {
    const { explanation, text } = explained(openedCase({ requestedPriority: "critical" }).case);
    expect(explanation.openMs).toBe(2 * HOUR_MS);
    expect(text[1]).toBe("Promised: 2 h of time, day and night, for team main, from Wed 2026-11-25 15:00.");
    expect(text[2]).toBe("Rule critical of policy version 1; no rule stands before it.");
  });
});

describe("when the clocks change before the due", () => {
  test("the hour that is gone is named", () => {
    const friday = instantOf("2026-03-06T22:00:00Z");
    const { text } = explained(openedCase({ requestedPriority: "low", receivedAt: friday }).case);
    expect(text).toContain("Sun 2026-03-08: skipped 23 h (weekend); the clocks go forward 1 h.");
  });
});

describe("when the priority was changed", () => {
  test("raised, the due is that of the new rule, and both stretches are told", () => {
    const current = raised(openedCase().case, "high", plus(WEDNESDAY_10_NY, HOUR_MS));
    const { explanation, text } = explained(current);
    expect(explanation.governing.ruleId).toBe("high");
    expect(explanation.dueAt).toBe(plus(WEDNESDAY_10_NY, 5 * HOUR_MS));
    expect(explanation.passedOver).toEqual([{ id: "critical", because: "priority" }]);
    expect(text.filter((line) => line.startsWith("Since"))).toEqual([
      "Since Wed 2026-11-25 10:00: rule medium, due Fri 2026-11-27 10:00; takes the place of what stood before.",
      "Since Wed 2026-11-25 11:00: rule high, due Wed 2026-11-25 15:00; counts if it is due earlier.",
    ]);
  });

  test("raised too late to help, the due stays the first rule's, chosen by the priority of then", () => {
    const current = raised(
      openedCase({ requestedPriority: "high" }).case,
      "critical",
      plus(WEDNESDAY_10_NY, 3 * HOUR_MS),
    );
    const { explanation } = explained(current);
    expect(explanation.governing.ruleId).toBe("high");
    expect(explanation.passedOver).toEqual([{ id: "critical", because: "priority" }]);
    expect(explanation.segments.map(({ ruleId }) => ruleId)).toEqual(["high", "critical"]);
  });
});

describe("when another policy is in force than the one that promised", () => {
  test("its rules are not made up", () => {
    const { explanation, text } = explained(openedCase().case, exampleRulebook({ version: 2 }));
    expect(explanation.passedOver).toBeUndefined();
    expect(text[2]).toBe(
      "Rule medium of policy version 1; the rules before it belong to a policy that is no longer in force.",
    );
  });
});

describe("whenever a message comes", () => {
  test("walking minute by minute over the hours counts what the explanation counted", () => {
    const start = instantOf("2026-11-20T00:00:00Z");
    const hours = rulebook.calendar("main-hours").hours;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 14 * (DAY_MS / MINUTE_MS) }),
        fc.constantFrom("high", "medium", "low"),
        (minutes, requestedPriority) => {
          const receivedAt = plus(start, minutes * MINUTE_MS);
          const { explanation } = explained(openedCase({ receivedAt, requestedPriority }).case);
          let counted = 0;
          for (let at: number = receivedAt; at < explanation.dueAt; at += MINUTE_MS) {
            if (isOpen(hours, at as Instant)) counted += MINUTE_MS;
          }
          expect(explanation.openMs).toBe(counted);
          expect(explanation.openMs).toBe(explanation.governing.openMs);
        },
      ),
      { numRuns: 20 },
    );
  });
});
