import { describe, expect, test } from "vitest";
import { type Instant, instantOf } from "../time/instant.ts";
import { alwaysOpen, intersection, minus, neverOpen, openDuring, override, union } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { exampleCalendar } from "./example-calendar.ts";
import { HORIZON } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { openPeriodsBetween } from "./open-periods.ts";

const start = instantOf("2026-11-25T00:00:00Z");

/** Open from one to another hour after the start. */
function open(...hours: [number, number][]): OpenHours {
  return hours
    .map(([from, until]) => openDuring((start + from) as Instant, (start + until) as Instant))
    .reduce(union, neverOpen);
}

function found(hours: OpenHours): [number, number][] {
  return Array.from(openPeriodsBetween(hours, start, (start + 100) as Instant), ({ opensAt, closesAt }) => [
    opensAt - start,
    closesAt - start,
  ]);
}

const a = open([10, 30], [50, 70]);

describe("two teams' hours", () => {
  test.each<[string, OpenHours, [number, number][]]>([
    [
      "either: apart",
      union(a, open([35, 40])),
      [
        [10, 30],
        [35, 40],
        [50, 70],
      ],
    ],
    ["either: joined", union(a, open([30, 50])), [[10, 70]]],
    [
      "both: overlapping",
      intersection(a, open([20, 60])),
      [
        [20, 30],
        [50, 60],
      ],
    ],
    ["both: touching", intersection(a, open([30, 50])), []],
    [
      "both: the same",
      intersection(a, a),
      [
        [10, 30],
        [50, 70],
      ],
    ],
    [
      "both: one inside the other",
      intersection(a, open([12, 14], [16, 18], [60, 90])),
      [
        [12, 14],
        [16, 18],
        [60, 70],
      ],
    ],
    [
      "the first without the second",
      minus(a, open([20, 60])),
      [
        [10, 20],
        [60, 70],
      ],
    ],
    [
      "the first without its middle",
      minus(a, open([15, 20])),
      [
        [10, 15],
        [20, 30],
        [50, 70],
      ],
    ],
    ["the first without itself", minus(a, a), []],
    [
      "the first without nothing",
      minus(a, neverOpen),
      [
        [10, 30],
        [50, 70],
      ],
    ],
    [
      "always without the first",
      minus(alwaysOpen, a),
      [
        [0, 10],
        [30, 50],
        [70, 100],
      ],
    ],
    ["nothing without the first", minus(neverOpen, a), []],
    [
      "another from a moment on",
      override(a, open([25, 90]), openDuring((start + 20) as Instant)),
      [
        [10, 20],
        [25, 90],
      ],
    ],
    ["another for a while", override(a, open([0, 100]), open([28, 52])), [[10, 70]]],
    [
      "nothing for a while",
      override(a, neverOpen, open([28, 52])),
      [
        [10, 28],
        [52, 70],
      ],
    ],
  ])("%s", (_what, hours, expected) => {
    expect(found(hours)).toEqual(expected);
  });

  test("are explained by the dates of the first", () => {
    const newYork = compileCalendar(exampleCalendar());
    const sydney = compileCalendar(exampleCalendar({ zone: "Australia/Sydney" }));
    for (const combine of [union, intersection, minus]) {
      expect(combine(newYork, sydney).dates).toBe(newYork.dates);
    }
    expect(override(newYork, sydney, alwaysOpen).dates).toBe(newYork.dates);
  });
});

describe("hours without a calendar", () => {
  test("go on to the horizon when no end is said", () => {
    const [period] = openPeriodsBetween(openDuring(start), start, undefined);
    expect(period).toEqual({ opensAt: start, closesAt: HORIZON });
  });

  test("begin with the first instant when they are always", () => {
    const [period] = openPeriodsBetween(alwaysOpen, 0 as Instant, undefined);
    expect(period).toEqual({ opensAt: 0, closesAt: HORIZON });
  });

  test("are reckoned in UTC, and are closed when they are not in force", () => {
    expect(alwaysOpen.dates.clock.zone).toBe("UTC");
    expect(neverOpen.dates.closedBecause("2026-11-25", 0, 1)).toEqual({ reason: "not-in-force" });
  });
});
