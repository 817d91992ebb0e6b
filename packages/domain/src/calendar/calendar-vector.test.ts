import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Calendar } from "./calendar.ts";
import { calendarOfVector } from "./calendar-vector.ts";

describe("the calendar of a vector", () => {
  test("has its holidays closed and its overrides as extra openings", () => {
    const calendar = calendarOfVector({
      tz: "Europe/Berlin",
      week: { "1": [["09:00", "17:00"]] },
      holidays: ["2026-10-03"],
      overrides: { "2026-12-24": [["09:00", "12:00"]], "2026-12-31": [] },
    });
    expect(calendar).toEqual({
      id: "vector",
      version: 1,
      name: "Vector",
      zone: "Europe/Berlin",
      week: { "1": [["09:00", "17:00"]] },
      holidays: [{ on: "2026-10-03", name: "Holiday", source: { kind: "hand" } }],
      extraOpenings: [
        { on: "2026-12-24", hours: [["09:00", "12:00"]] },
        { on: "2026-12-31", hours: [] },
      ],
    });
    expect(z.parse(Calendar, calendar)).toEqual(calendar);
  });

  test("needs neither holidays nor overrides", () => {
    expect(calendarOfVector({ tz: "UTC", week: {} })).toMatchObject({ holidays: [], extraOpenings: [] });
  });
});
