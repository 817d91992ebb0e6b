import { describe, expect, test } from "vitest";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { openedCase, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { HOUR_MS, plus } from "../time/instant.ts";
import { dueOf, shownDue } from "./due.ts";

const rulebook = everyMetricRulebook();
const { case: opened } = openedCase({ requestedPriority: "high" }, rulebook);
const [cycle] = opened.clocks;
if (cycle === undefined) throw new Error("no clock");
const [first] = cycle.segments;
if (first === undefined) throw new Error("no segment");

describe("the due of a cycle", () => {
  test("is decided by a promise that takes another's place, also if it comes to the same instant", () => {
    const again = { ...first, ruleId: "again" };
    const { dueAt, governing } = dueOf(rulebook, opened, { ...cycle, segments: [first, again] });
    expect([dueAt, governing.ruleId]).toEqual([plus(WEDNESDAY_10_NY, 4 * HOUR_MS), "again"]);
    // One that counts only if it is earlier or later leaves it where it is.
    for (const combine of ["earlier", "later"] as const) {
      const same = { ...again, combine };
      expect(dueOf(rulebook, opened, { ...cycle, segments: [first, same] }).governing.ruleId).toBe(first.ruleId);
    }
  });

  test("needs a promise", () => {
    expect(() => dueOf(rulebook, opened, { ...cycle, segments: [] })).toThrow("at least one segment");
    expect(() => shownDue(rulebook, opened, { ...cycle, segments: [] }, WEDNESDAY_10_NY)).toThrow("at least one");
  });
});
