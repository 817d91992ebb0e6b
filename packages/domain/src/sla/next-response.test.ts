import { describe, expect, test } from "vitest";
import { reply } from "../case/answer.ts";
import type { Case } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { HOUR_MS, plus } from "../time/instant.ts";
import { expectResponse } from "./next-response.ts";
import { handOverClocks } from "./retarget.ts";
import { settleBreaches, settleWarnings, unbroken } from "./settle.ts";

const rulebook = everyMetricRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const high = openedCase({ requestedPriority: "high" }, rulebook).case;
const answered = stateAfter(high, reply(high, "msg_a", rulebook, hours(1), BY));
const asked = stateAfter(answered, expectResponse(answered, hours(3), rulebook, hours(3), BY));
const expectedAt = (current: Case, n: number, now = n, rules = rulebook) =>
  expectResponse(current, hours(n), rules, hours(now), BY);

describe("a customer's message starts no clock", () => {
  test.each<[string, Case]>([
    ["on a case that is done", { ...answered, status: "resolved" }],
    ["on spam", { ...answered, marks: ["spam"] }],
    ["while the first response is owed", high],
    ["if nothing was promised and nobody has answered", { ...high, clocks: [] }],
    ["that waits no longer than the one before it", asked],
  ])("%s", (_what, current) => {
    expect(expectedAt(current, 3, 4)).toEqual([]);
  });
});

test("without a promised first response, one that was given is enough", () => {
  for (const clocks of [[], answered.clocks.filter(({ metric }) => metric === "resolution")]) {
    expect(expectedAt({ ...answered, clocks }, 3)).toMatchObject([
      { type: "ClockStarted", metric: "next-response", startedAt: hours(3) },
    ]);
  }
});

describe("an older message that comes late", () => {
  test("makes the running clock's promise start at it", () => {
    expect(expectedAt(asked, 2, 4)).toMatchObject([
      { type: "ClockRetargeted", metric: "next-response", cause: "older-message", dueAt: hours(6) },
    ]);
  });

  test("does not change a promise that is broken by then", () => {
    const facts = expectedAt(asked, 2, 7.5);
    expect(facts.map(({ type }) => type)).toEqual(["ClockBreached", "ClockBreached"]);
  });

  test("changes nothing where no rule promises anything any more, or the case is nobody's", () => {
    const none = everyMetricRulebook({}, { targets: [] });
    expect(expectedAt(asked, 2, 4, none)).toEqual([]);
    expect(expectedAt({ ...asked, team: undefined }, 2, 4)).toEqual([]);
  });
});

describe("what is settled", () => {
  test("is not watched any more, and everything else is", () => {
    const breaches = settleBreaches(asked, rulebook, hours(5.5), BY);
    expect(breaches).toMatchObject([{ metric: "update", cycle: 1 }]);
    expect(unbroken(asked, breaches).map(({ metric }) => metric)).toEqual(["resolution", "next-response"]);
    const told = settleWarnings(asked, rulebook, hours(6), BY).map((fact) => ({ ...fact }));
    expect(told.length).toBeGreaterThan(0);
    expect(unbroken(asked, told).map(({ metric }) => metric)).toEqual(["resolution", "update", "next-response"]);
    expect(
      unbroken(
        asked,
        breaches.map((one) => ({ ...one, cycle: 2 })),
      ),
    ).toHaveLength(3);
  });

  test("is not warned of from the instant at which it is broken", () => {
    const metrics = (n: number, ms: number) =>
      settleWarnings(asked, rulebook, plus(hours(n), ms), BY).map(({ metric }) => metric);
    expect(metrics(7, 0)).toContain("next-response");
    expect(metrics(7, 1)).not.toContain("next-response");
  });

  test("an answer ends each cycle by its own breach", () => {
    const facts = reply(asked, "msg_b", rulebook, hours(6), BY) as readonly { type: string }[];
    expect(facts.filter(({ type }) => type === "ClockStopped")).toMatchObject([
      { metric: "update", outcome: "missed", dueAt: hours(5) },
      { metric: "next-response", outcome: "met", dueAt: hours(7) },
    ]);
  });
});

test("a hand-over to the team that has it changes no clock, and one that is broken is left", () => {
  expect(handOverClocks(asked, "main", [], rulebook, hours(4), BY)).toEqual([]);
  const breaches = settleBreaches(asked, rulebook, hours(5.5), BY);
  const moved = handOverClocks(asked, "au", breaches, rulebook, hours(5.5), BY);
  expect(moved.map(({ metric }) => metric)).toEqual(["resolution", "next-response"]);
});

test("a case without a team or a priority has nothing to raise", () => {
  expect(changePriority({ ...asked, triageOwed: true }, { to: "low" }, rulebook, hours(4), BY)).toEqual({
    refused: "moved-on",
  });
});
