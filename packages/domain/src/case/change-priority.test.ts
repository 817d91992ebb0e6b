import { describe, expect, test } from "vitest";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, instantOf, plus } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { changePriority } from "./change-priority.ts";
import { wake } from "./wake.ts";

const rulebook = exampleRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const change = (current: Case, to: string, now: Instant) => changePriority(current, { to }, rulebook, now, BY);
const dueAfter = (current: Case, to: string, now: Instant) =>
  stateAfter(current, change(current, to, now)).clocks[0]?.dueAt;

describe("when a priority is raised", () => {
  const { case: medium } = openedCase();

  test("the due is now + the new target when that is earlier", () => {
    expect(dueAfter(medium, "high", hours(1))).toBe(hours(5));
    expect(dueAfter(medium, "critical", hours(1))).toBe(hours(3));
  });

  test("the old due stays when it is earlier", () => {
    const { case: high } = openedCase({ requestedPriority: "high" });
    expect(dueAfter(high, "critical", hours(3))).toBe(hours(4));
  });

  test("both dues are recorded, and the warnings begin anew", () => {
    const facts = factsOf(change(medium, "high", hours(1)));
    expect(facts.at(-1)).toMatchObject({
      type: "ClockRetargeted",
      cause: "priority-raised",
      dueBefore: instantOf("2026-11-27T15:00:00Z"),
      dueAt: hours(5),
    });
    expect(stateAfter(medium, facts).clocks[0]?.warnedPercent).toBe(0);
  });

  test("raised to critical while nobody is open: the gap is a fact", () => {
    const saturday = instantOf("2026-11-28T12:00:00Z");
    const { case: opened } = openedCase({ receivedAt: saturday });
    expect(factsOf(change(opened, "critical", saturday)).map((fact) => fact.type)).toContain("CoverageGapFound");
  });
});

describe("when a priority is lowered", () => {
  test("the due is start + the new target when that is later", () => {
    const { case: high } = openedCase({ requestedPriority: "high" });
    expect(dueAfter(high, "medium", hours(1))).toBe(instantOf("2026-11-27T15:00:00Z"));
  });
});

describe("when the promise is already broken", () => {
  test("a lowered priority moves no due and takes no breach back", () => {
    const { case: high } = openedCase({ requestedPriority: "high" });
    const breached = stateAfter(high, wake(high, rulebook, hours(4.5), BY));
    const facts = factsOf(change(breached, "low", hours(5)));
    expect(facts.map((fact) => fact.type)).toEqual(["PriorityChanged"]);
    expect(stateAfter(breached, facts).clocks[0]).toMatchObject({ dueAt: hours(4), breachedAt: hours(4) });
  });

  test("and nobody noticed: the breach is recorded first", () => {
    const { case: high } = openedCase({ requestedPriority: "high" });
    expect(factsOf(change(high, "low", hours(5))).map((fact) => fact.type)).toEqual([
      "ClockBreached",
      "PriorityChanged",
    ]);
  });
});

describe("what is refused", () => {
  const { case: medium } = openedCase();
  test.each([
    ["the same priority", medium, "medium", "same-priority"],
    ["a priority that the policy does not have", medium, "urgent", "unknown-priority"],
    ["a resolved case", { ...medium, status: "resolved" as const }, "high", "not-open"],
  ])("%s", (_what, current, to, refused) => {
    expect(change(current, to, hours(1))).toMatchObject({ refused });
  });
});
