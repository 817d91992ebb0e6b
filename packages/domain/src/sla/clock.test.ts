import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { HOUR_MS, plus, toIso } from "../time/instant.ts";
import { CancelReason, Cycle } from "./clock.ts";

const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const segment = (combine: Cycle["segments"][number]["combine"], n: number) => ({
  from: hours(n),
  measuredFrom: hours(n - 1),
  openMs: 4 * HOUR_MS,
  team: "main",
  calendar: { id: "main-hours", version: 3 },
  policyVersion: 2,
  ruleId: "high",
  priority: "high",
  warnAtPercents: [50, 75],
  combine,
});
const whole: Cycle = {
  metric: "resolution",
  number: 2,
  startedAt: hours(0),
  dueAt: hours(8),
  segments: [
    segment("replace", 0),
    segment("earlier", 1),
    segment("later", 2),
    segment("carry", 3),
    segment("move", 4),
  ],
  warnedPercent: 50,
  warnedAt: hours(2),
  pauses: [{ from: hours(3), until: hours(4) }, { from: hours(5) }],
  breachedAt: hours(8),
  endedAt: hours(9),
  outcome: "missed",
};

describe("a cycle that is stored", () => {
  test("is read as it was, nothing of it left out", () => {
    const stored = JSON.parse(JSON.stringify(z.encode(Cycle, whole))) as z.input<typeof Cycle>;
    expect(stored.segments[0]?.from).toBe(toIso(hours(0)));
    expect(z.decode(Cycle, stored)).toEqual(whole);
  });

  test.each(["met", "missed", "cancelled"] as const)("may have come out as %s", (outcome) => {
    expect(z.decode(Cycle, z.encode(Cycle, { ...whole, outcome }))).toMatchObject({ outcome });
  });

  test.each(["resolved-silently", "spam", "false-alarm", "merged-away", "message-gone"] as const)(
    "may have been cancelled because of %s",
    (reason) => {
      expect(CancelReason.options).toContain(reason);
      expect(z.encode(Cycle, { ...whole, cancelledBecause: reason })).toMatchObject({ cancelledBecause: reason });
    },
  );

  test("has at least one segment, and each a length", () => {
    const stored = z.encode(Cycle, whole);
    expect(() => z.decode(Cycle, { ...stored, segments: [] })).toThrow();
    const [first] = stored.segments;
    expect(() =>
      z.decode(Cycle, { ...stored, segments: first === undefined ? [] : [{ ...first, openMs: 0 }] }),
    ).toThrow();
  });
});
