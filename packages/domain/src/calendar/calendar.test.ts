import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { CALENDAR_LIMITS, Calendar } from "./calendar.ts";
import { exampleCalendar, holiday } from "./example-calendar.ts";

function pathOf(value: unknown): string | undefined {
  return z.safeParse(Calendar, value).error?.issues[0]?.path.join(".");
}

describe("a calendar as data", () => {
  const whole = exampleCalendar({
    holidays: [
      holiday("2026-11-26", "Thanksgiving Day"),
      holiday("2026-12-24", "Christmas Eve", [["08:00", "12:00"]]),
      {
        on: "2026-07-04",
        name: "Independence Day",
        source: { kind: "date-holidays", country: "US", state: "TX", rule: "07-04" },
      },
      { on: "2026-09-01", name: "Founders' day", source: { kind: "ics", file: "ours.ics", uid: "1@example.com" } },
      { on: "2026-09-02", name: "Fair", source: { kind: "hand", note: "as in the letter" } },
    ],
    extraOpenings: [{ on: "2026-11-28", hours: [["10:00", "14:00"]], name: "Sale" }],
    validFrom: "2026-01-01",
    validUntil: "2026-12-31",
  });

  test("is kept whole", () => {
    expect(z.parse(Calendar, JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(z.parse(Calendar, exampleCalendar())).toEqual(exampleCalendar());
    expect(pathOf(exampleCalendar({ id: "main-hours-2027b" }))).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ["id", { ...whole, id: "Main Hours" }],
    ["id", { ...whole, id: "-main" }],
    ["id", { ...whole, id: "main--hours" }],
    ["id", { ...whole, id: "a".repeat(CALENDAR_LIMITS.idLength + 1) }],
    ["version", { ...whole, version: 0 }],
    ["version", { ...whole, version: 1.5 }],
    ["name", { ...whole, name: "" }],
    ["name", { ...whole, name: "two\nlines" }],
    ["zone", { ...whole, zone: "" }],
    ["zone", { ...whole, zone: "z".repeat(201) }],
    ["week", { ...whole, week: undefined }],
    ["week.1.0.1", { ...whole, week: { "1": [["08:00", "24:30"]] } }],
    ["week.3.0", { ...whole, week: { "3": [["08:00"]] } }],
    ["week.7", { ...whole, week: { "7": Array(CALENDAR_LIMITS.intervalsADay + 1).fill(["08:00", "09:00"]) } }],
    ["holidays.0.on", { ...whole, holidays: [holiday("2026-02-30", "No such day")] }],
    ["holidays.0.on", { ...whole, holidays: [holiday("soon", "No date")] }],
    ["holidays.1.name", { ...whole, holidays: [holiday("2026-02-28", "One"), holiday("2026-03-01", "")] }],
    ["holidays.0.hours.0.0", { ...whole, holidays: [holiday("2026-02-28", "Half", [["8", "12:00"]])] }],
    ["holidays.0.source.kind", { ...whole, holidays: [{ on: "2026-02-28", name: "One", source: { kind: "rumour" } }] }],
    [
      "holidays.0.source.country",
      { ...whole, holidays: [{ on: "2026-02-28", name: "One", source: { kind: "date-holidays" } }] },
    ],
    [
      "holidays.0.source.note",
      { ...whole, holidays: [{ on: "2026-02-28", name: "One", source: { kind: "hand", note: "n".repeat(501) } }] },
    ],
    ["holidays", { ...whole, holidays: Array(CALENDAR_LIMITS.holidays + 1).fill(holiday("2026-02-28", "One")) }],
    ["extraOpenings.0.hours", { ...whole, extraOpenings: [{ on: "2026-02-28" }] }],
    [
      "extraOpenings",
      { ...whole, extraOpenings: Array(CALENDAR_LIMITS.extraOpenings + 1).fill({ on: "2026-02-28", hours: [] }) },
    ],
    ["validFrom", { ...whole, validFrom: "2026" }],
    ["validUntil", { ...whole, validUntil: "2026-13-01" }],
  ])("is refused for its %s", (path, value) => {
    expect(pathOf(value)).toBe(path);
  });

  test("is told how an id looks", () => {
    const { error } = z.safeParse(Calendar, exampleCalendar({ id: "Main" }));
    expect(error?.issues[0]?.message).toBe('a calendar id is lower-case words joined by "-"');
  });

  test("may be as large as its limits", () => {
    const id = "a".repeat(CALENDAR_LIMITS.idLength);
    const hours = Array(CALENDAR_LIMITS.intervalsADay).fill(["08:00", "09:00"]);
    expect(pathOf({ ...whole, id, week: { "1": hours } })).toBeUndefined();
    expect(pathOf({ ...whole, holidays: Array(CALENDAR_LIMITS.holidays).fill(whole.holidays[0]) })).toBeUndefined();
  });
});
