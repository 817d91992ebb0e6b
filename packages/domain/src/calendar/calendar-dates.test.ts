import { describe, expect, test } from "vitest";
import type { Calendar } from "./calendar.ts";
import { calendarDates } from "./calendar-dates.ts";
import { exampleCalendar, holiday } from "./example-calendar.ts";
import { dateOfDay, dayNumber } from "./local-date.ts";

const nine: [string, string][] = [["09:00", "17:00"]];

describe("the days between which a calendar may open", () => {
  const date = (day: number) => (Number.isFinite(day) ? dateOfDay(day) : day);
  const bounds = (different: Partial<Calendar>) => {
    const { firstDay, lastDay } = calendarDates(exampleCalendar(different));
    return [date(firstDay), date(lastDay)];
  };

  test.each<[string, Partial<Calendar>, (string | number)[]]>([
    ["are all, for a week with hours", {}, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
    ["are those of its validity", { validFrom: "2026-01-01", validUntil: "2026-12-31" }, ["2026-01-01", "2026-12-31"]],
    [
      "are those with hours of their own, for a week without any",
      {
        week: { "1": [] },
        holidays: [
          holiday("2026-02-01", "Open", nine),
          holiday("2026-01-01", "Closed"),
          holiday("2026-09-01", "None", []),
        ],
        extraOpenings: [
          { on: "2026-05-01", hours: nine },
          { on: "2026-08-01", hours: [] },
        ],
      },
      ["2026-02-01", "2026-05-01"],
    ],
    [
      "are those within the validity",
      {
        week: {},
        extraOpenings: [{ on: "2026-05-01", hours: nine }],
        validFrom: "2026-06-01",
        validUntil: "2026-07-01",
      },
      ["2026-06-01", "2026-05-01"],
    ],
    ["are none without any hours", { week: {} }, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ])("%s", (_what, different, expected) => {
    expect(bounds(different)).toEqual(expected);
  });
});

describe("a date of a calendar", () => {
  const dates = calendarDates(
    exampleCalendar({
      holidays: [holiday("2026-11-26", "Thanksgiving Day"), holiday("2026-11-27", "Day after", nine)],
      extraOpenings: [{ on: "2026-11-26", hours: nine }],
      validUntil: "2026-11-30",
    }),
  );
  test.each([
    ["2026-11-25", { intervals: [{ opens: 480, closes: 1_200 }], isInForce: true }],
    ["2026-11-26", { intervals: [{ opens: 540, closes: 1_020 }], isInForce: true }],
    ["2026-11-27", { intervals: [{ opens: 540, closes: 1_020 }], isInForce: true, holiday: "Day after" }],
    ["2026-11-28", { intervals: [], isInForce: true }],
    ["2026-12-01", { intervals: [], isInForce: false }],
  ])("%s", (on, expected) => {
    expect(dates.on(dayNumber(on))).toEqual(expected);
  });
});
