import { describe, expect, test } from "vitest";
import { instantOf } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";
import { regularOpeningMs } from "./regular-opening.ts";

const HOUR_MS = 3_600_000;

describe("one business day", () => {
  const short: Calendar["week"] = {
    "4": [
      ["08:00", "12:00"],
      ["13:00", "20:00"],
    ],
    "5": [["08:00", "13:00"]],
  };

  test.each<[string, Partial<Calendar>, string, number]>([
    ["12 h for a team of 08:00–20:00", {}, "2026-11-25T15:00:00Z", 12],
    ["8 h for a team of 09:00–17:00", { week: everyDay(["09:00", "17:00"]) }, "2026-11-25T15:00:00Z", 8],
    ["24 h day and night", { week: everyDay(["00:00", "24:00"]) }, "2026-11-25T15:00:00Z", 24],
    [
      "the regular length on a holiday",
      { holidays: [holiday("2026-11-25", "Fair", [["08:00", "09:00"]])] },
      "2026-11-25T15:00:00Z",
      12,
    ],
    [
      "the regular length on a date that a clock change shortens",
      { week: everyDay(["00:00", "24:00"]) },
      "2026-03-08T12:00:00Z",
      24,
    ],
    ["all intervals of the day, without the break", { week: short }, "2026-11-26T13:00:00Z", 11],
    ["all of them in the break", { week: short }, "2026-11-26T17:30:00Z", 11],
    ["all of them in the last minute", { week: short }, "2026-11-27T00:59:00Z", 11],
    ["that of the next day from the closing on", { week: short }, "2026-11-27T01:00:00Z", 5],
    ["that of the next opening over the weekend", { week: short }, "2026-11-28T01:00:00Z", 11],
    ["that of the same day a week later", { week: { "3": [["08:00", "09:00"]] } }, "2026-11-25T14:00:00Z", 1],
    [
      "that of the night that is on",
      { week: { "2": [["22:00", "06:00"]], "3": [["22:00", "23:00"]] } },
      "2026-11-25T08:00:00Z",
      8,
    ],
    [
      "that of the next night when it has ended",
      { week: { "2": [["22:00", "06:00"]], "3": [["22:00", "23:00"]] } },
      "2026-11-25T11:00:00Z",
      1,
    ],
  ])("is %s", (_what, different, at, hours) => {
    expect(regularOpeningMs(exampleCalendar(different), instantOf(at))).toBe(hours * HOUR_MS);
  });

  test("does not exist in a week that never opens", () => {
    expect(() => regularOpeningMs(exampleCalendar({ week: {} }), instantOf("2026-11-25T00:00:00Z"))).toThrow(
      new RangeError("the week of calendar example never opens"),
    );
  });
});
