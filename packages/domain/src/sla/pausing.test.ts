import { describe, expect, test } from "vitest";
import { reply } from "../case/answer.ts";
import type { Status } from "../case/case.ts";
import { isRefused } from "../case/decision.ts";
import { nextWakeUp, wake } from "../case/wake.ts";
import { everyMetricRulebook, withStatus } from "../fixtures/every-metric.ts";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import type { Metric } from "../policy/policy.ts";
import { HOUR_MS, plus } from "../time/instant.ts";
import type { Cycle } from "./clock.ts";
import { followStatus, isPaused, paused, resumed } from "./pausing.ts";

const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const [template] = openedCase({}, everyMetricRulebook()).case.clocks;

function cycle(metric: Metric, change: Partial<Cycle> = {}): Cycle {
  if (template === undefined) throw new Error("the case has no clock");
  return { ...template, metric, ...change };
}

const STATUSES: Status[] = [
  "new",
  "open",
  "waiting-on-customer",
  "waiting-on-fix",
  "waiting-until",
  "resolved",
  "closed",
];

describe("which statuses stop which clock", () => {
  test.each<[Metric, Status[]]>([
    ["first-response", []],
    ["next-response", []],
    ["update", ["waiting-on-customer", "waiting-on-fix", "waiting-until"]],
    ["resolution", ["waiting-on-customer", "waiting-on-fix"]],
  ])("%s: %j", (metric, stopping) => {
    const stopped = STATUSES.filter((status) => followStatus([cycle(metric)], status, hours(1)).some(isPaused));
    expect(stopped).toEqual(stopping);
  });

  test("one that ended is left as it is", () => {
    const ended = cycle("resolution", { outcome: "met", endedAt: hours(1) });
    expect(followStatus([ended], "waiting-on-fix", hours(2))).toEqual([ended]);
  });
});

describe("pauses of a clock", () => {
  const pausesAfter = (...moves: [Status, number][]) =>
    moves.reduce((clocks, [status, hour]) => followStatus(clocks, status, hours(hour)), [cycle("resolution")])[0]
      ?.pauses;

  test("last until the case goes on", () => {
    expect(pausesAfter(["waiting-on-fix", 1])).toEqual([{ from: hours(1) }]);
    expect(pausesAfter(["waiting-on-fix", 1], ["open", 3])).toEqual([{ from: hours(1), until: hours(3) }]);
    expect(pausesAfter(["waiting-on-fix", 1], ["open", 3], ["waiting-on-customer", 4])).toEqual([
      { from: hours(1), until: hours(3) },
      { from: hours(4) },
    ]);
  });

  test("from one waiting status to another are one pause", () => {
    expect(pausesAfter(["waiting-on-fix", 1], ["waiting-on-customer", 2], ["open", 3])).toEqual([
      { from: hours(1), until: hours(3) },
    ]);
  });

  test("that follow each other without a gap are one, and one without length is none", () => {
    expect(pausesAfter(["waiting-on-fix", 1], ["open", 2], ["waiting-on-fix", 2])).toEqual([{ from: hours(1) }]);
    expect(pausesAfter(["waiting-on-fix", 1], ["open", 1])).toEqual([]);
  });

  test("begin and end only once", () => {
    expect(resumed([], hours(1))).toEqual([]);
    expect(resumed(undefined, hours(1))).toEqual([]);
    expect(resumed([{ from: hours(1), until: hours(2) }], hours(3))).toEqual([{ from: hours(1), until: hours(2) }]);
    expect(paused(undefined, hours(1))).toEqual([{ from: hours(1) }]);
    expect(isPaused({ pauses: [] })).toBe(false);
    expect(isPaused({ pauses: [{ from: hours(1), until: hours(2) }] })).toBe(false);
  });
});

describe("when a clock comes to stand between its warning and the telling of it", () => {
  const rulebook = everyMetricRulebook();
  const opened = openedCase({}, rulebook).case;
  const answered = stateAfter(opened, reply(opened, "msg_2", rulebook, hours(3), BY));
  // Three quarters of eight hours are over, and nobody has been told yet.
  const standing = withStatus(answered, "waiting-on-fix", hours(6.5));

  test("the case asks for no wake-up that would find nothing to tell", () => {
    expect(isRefused(wake(standing, rulebook, hours(7), BY))).toBe(true);
    expect(nextWakeUp(standing, rulebook)).toBeUndefined();
  });

  test("it is told once the clock runs again", () => {
    const running = withStatus(standing, "open", hours(7));
    const facts = factsOf(wake(running, rulebook, hours(7), BY));
    expect(facts).toContainEqual(expect.objectContaining({ type: "ClockWarned", metric: "resolution", percent: 75 }));
  });
});
