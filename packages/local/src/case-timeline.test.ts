import { describe, expect, test } from "vitest";
import { type TimelineEffect, type TimelineFact, timelineOf, type WholeCase } from "./case-timeline.ts";
import { isDone } from "./sample.ts";

const BY = { kind: "system", id: "wake-case" } as const;
const DUE = "2026-11-25T12:00:00.000Z";
const CYCLE = { metric: "first-response", cycle: 1 } as const;
const CASE_ID = "case_100000009";

const breached: TimelineFact = {
  ...{ type: "ClockBreached", caseId: CASE_ID, version: 3, index: 0, at: "2026-11-25T12:00:00.250Z", by: BY },
  ...{ ...CYCLE, dueAt: DUE, team: "main", tier: 1 },
};
const warned: TimelineFact = {
  ...{ type: "ClockWarned", caseId: CASE_ID, version: 2, index: 0, at: "2026-11-25T11:59:55.000Z", by: BY },
  ...{ ...CYCLE, percent: 75, dueAt: DUE },
};

function effect(change: Partial<TimelineEffect>): TimelineEffect {
  return {
    ...{
      id: "e1",
      version: 3,
      index: 0,
      status: "done",
      owedAt: DUE,
      attempts: 1,
      endedAt: "2026-11-25T12:00:01.000Z",
    },
    owed: { kind: "mail", template: "breach", to: { kind: "team-lead", team: "main" } },
    ...change,
  };
}

/** As much of a case as its timeline is made of. */
function caseWith(facts: TimelineFact[], effects: TimelineEffect[]): WholeCase {
  return { facts, effects } as unknown as WholeCase;
}

describe("the timeline of a case", () => {
  test("has facts and ended effects in the order in which they happened", () => {
    const pending = effect({ id: "e2", status: "pending" });
    delete pending.endedAt;
    expect(timelineOf(caseWith([breached, warned], [effect({}), pending])).map(({ key }) => key)).toEqual([
      "fact 2.0",
      "fact 3.0",
      "effect e1",
    ]);
  });

  test("says how late a breach was noticed", () => {
    expect(timelineOf(caseWith([breached], []))[0]?.text).toContain("noticed 0.250 s after it");
  });

  test.each([
    ["done", effect({}), "mail: breach to the lead of main"],
    ["given up", effect({ status: "abandoned", reason: "mail-off" }), "given up (mail-off)"],
    ["a timer", effect({ owed: { kind: "timer", wakeAt: DUE } }), `timer set for ${DUE}`],
  ])("says of an effect what it was: %s", (_, ended, saying) => {
    expect(timelineOf(caseWith([], [ended]))[0]?.text).toContain(saying);
  });
});

describe("whether an effect is done", () => {
  const any = (): boolean => true;

  test.each([
    ["there is none", [], false],
    ["it is pending", [effect({ status: "pending" })], false],
    ["it is done", [effect({})], true],
    ["one was given up, another is done", [effect({ status: "abandoned" }), effect({})], true],
  ])("%s", (_, effects, expected) => {
    expect(isDone(effects, any)).toBe(expected);
  });

  test("one that was given up will never be", () => {
    expect(() => isDone([effect({ status: "abandoned", reason: "no-address" })], any)).toThrow("no-address");
  });
});
