import { describe, expect, test } from "vitest";
import { AU_HOURS } from "../fixtures/example-rulebook.ts";
import { instantOf } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { holidaysEndOn } from "./holidays-ahead.ts";

/** In Sydney it is the morning of 2 March. */
const NOW = instantOf("2026-03-01T22:00:00Z");
const listing = (...dates: string[]): Calendar => ({
  ...AU_HOURS,
  holidays: dates.map((on) => ({ on, name: "Holiday", source: { kind: "hand" } })),
});

describe("the last listed holiday", () => {
  test.each<[string, Calendar, string | undefined]>([
    ["is named when it is less than a year ahead", listing("2026-12-25", "2026-04-03"), "2026-12-25"],
    ["is named when it is past", listing("2025-12-25"), "2025-12-25"],
    ["is named a day short of a year ahead, by the wall of the calendar", listing("2027-03-01"), "2027-03-01"],
    ["is far enough a year ahead", listing("2026-12-25", "2027-03-02"), undefined],
    ["is nothing on a calendar that closes on no holiday", listing(), undefined],
    [
      "matters no more when the calendar ends with it",
      { ...listing("2026-12-25"), validUntil: "2026-12-25" },
      undefined,
    ],
    [
      "matters when the calendar goes on after it",
      { ...listing("2026-12-25"), validUntil: "2026-12-31" },
      "2026-12-25",
    ],
  ])("%s", (_what, calendar, ends) => {
    expect(holidaysEndOn(calendar, NOW)).toBe(ends);
  });
});
