import { describe, expect, test } from "vitest";
import type { Case } from "../case/case.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { HOUR_MS, plus } from "../time/instant.ts";
import { startNext } from "./start-clock.ts";

const rulebook = everyMetricRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const opened = openedCase({ requestedPriority: "high" }, rulebook).case;
const next = (current: Case) => startNext(current, "next-response", hours(1), rulebook, hours(2), BY);

describe("the next cycle of a metric", () => {
  test("is measured from when it began, by the rules of now", () => {
    expect(next(opened)).toMatchObject([
      {
        type: "ClockStarted",
        at: hours(2),
        metric: "next-response",
        cycle: 1,
        startedAt: hours(1),
        dueAt: hours(5),
        segment: { from: hours(2), measuredFrom: hours(1), team: "main", priority: "high" },
      },
    ]);
  });

  test.each<[string, Partial<Case>]>([
    ["has no team", { team: undefined }],
    ["has no priority", { priority: undefined }],
    ["is still to be triaged", { triageOwed: true }],
  ])("is not started on a case that %s: nothing is promised yet", (_what, change) => {
    expect(next({ ...opened, ...change })).toEqual([]);
  });

  test("is numbered after the last one of its metric, whatever others there are", () => {
    const clocks = opened.clocks.map((cycle) => ({ ...cycle, metric: "next-response" as const, number: 4 }));
    const [first] = clocks;
    const mixed = first === undefined ? [] : [first, { ...first, metric: "update" as const, number: 9 }];
    expect(next({ ...opened, clocks: mixed })).toMatchObject([{ cycle: 5 }]);
  });
});
