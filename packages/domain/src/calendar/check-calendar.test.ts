import { describe, expect, test } from "vitest";
import type { Calendar } from "./calendar.ts";
import { checkCalendar } from "./check-calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";

function faults(different: Partial<Calendar>): [string, string][] {
  return checkCalendar(exampleCalendar(different)).map(({ code, path }) => [code, path]);
}

describe("a calendar without a fault", () => {
  test.each<[string, Partial<Calendar>]>([
    ["an ordinary week", {}],
    [
      "split days and nights",
      { week: everyDay(["00:00", "04:00"], ["08:00", "12:00"], ["12:00", "20:00"], ["22:00", "24:00"]) },
    ],
    ["nights that end as the next one's hours begin", { week: everyDay(["06:00", "14:00"], ["22:00", "06:00"]) }],
    ["whole days that end as they begin", { week: everyDay(["08:00", "08:00"]) }],
    ["day and night", { week: everyDay(["00:00", "24:00"]) }],
    ["only one holiday with hours", { week: {}, holidays: [holiday("2026-12-24", "Eve", [["08:00", "12:00"]])] }],
    ["only one extra opening", { week: {}, extraOpenings: [{ on: "2026-12-24", hours: [["08:00", "12:00"]] }] }],
    [
      "a date that is a holiday and open all the same",
      {
        holidays: [holiday("2026-12-24", "Eve")],
        extraOpenings: [{ on: "2026-12-24", hours: [["08:00", "12:00"]] }],
      },
    ],
    ["a first date only", { validFrom: "2026-11-25" }],
    [
      "hours that touch, later ones first",
      {
        week: {
          "1": [
            ["12:00", "20:00"],
            ["08:00", "12:00"],
          ],
        },
      },
    ],
    ["one day of validity", { validFrom: "2026-11-25", validUntil: "2026-11-25" }],
    [
      "an open day behind holidays",
      {
        week: { "1": [["08:00", "20:00"]] },
        holidays: [holiday("2026-11-02", "One"), holiday("2026-11-09", "Two")],
        validFrom: "2026-11-01",
        validUntil: "2026-11-16",
      },
    ],
  ])("%s", (_what, different) => {
    expect(faults(different)).toEqual([]);
  });
});

describe("a fault of a calendar", () => {
  test.each<[string, Partial<Calendar>, [string, string][]]>([
    ["an unknown zone", { zone: "America/Springfield" }, [["unknown-zone", "/zone"]]],
    [
      "hours that overlap",
      {
        week: {
          "2": [
            ["08:00", "12:00"],
            ["11:59", "20:00"],
          ],
        },
      },
      [["overlapping-hours", "/week/2/1"]],
    ],
    [
      "hours that overlap, later ones first",
      {
        week: {
          "2": [
            ["12:00", "20:00"],
            ["08:00", "13:00"],
          ],
        },
      },
      [["overlapping-hours", "/week/2/1"]],
    ],
    [
      "the same hours twice",
      {
        week: {
          "7": [
            ["08:00", "12:00"],
            ["08:00", "12:00"],
          ],
        },
      },
      [["overlapping-hours", "/week/7/1"]],
    ],
    [
      "a night that runs into the next day's hours",
      { week: { "1": [["22:00", "06:00"]], "2": [["05:59", "09:00"]] } },
      [["overlapping-hours", "/week/2/0"]],
    ],
    [
      "a night of Sunday that runs into Monday's hours",
      {
        week: {
          "7": [["22:00", "06:00"]],
          "1": [
            ["12:00", "13:00"],
            ["05:00", "09:00"],
          ],
        },
      },
      [["overlapping-hours", "/week/1/1"]],
    ],
    ["an opening at 24:00", { week: { "5": [["24:00", "06:00"]] } }, [["time-out-of-place", "/week/5/0/0"]]],
    [
      "a holiday whose hours overlap",
      {
        holidays: [
          holiday("2026-12-24", "Eve", [
            ["08:00", "12:00"],
            ["10:00", "13:00"],
          ]),
        ],
      },
      [["overlapping-hours", "/holidays/0/hours/1"]],
    ],
    [
      "an extra opening whose hours overlap",
      {
        extraOpenings: [
          {
            on: "2026-12-24",
            hours: [
              ["08:00", "12:00"],
              ["10:00", "13:00"],
            ],
          },
        ],
      },
      [["overlapping-hours", "/extraOpenings/0/hours/1"]],
    ],
    [
      "a holiday that is listed twice",
      { holidays: [holiday("2026-12-24", "Eve"), holiday("2026-12-25", "Day"), holiday("2026-12-24", "Eve")] },
      [["date-twice", "/holidays/2/on"]],
    ],
    [
      "an extra opening that is listed twice",
      {
        extraOpenings: [
          { on: "2026-12-24", hours: [] },
          { on: "2026-12-24", hours: [] },
        ],
      },
      [["date-twice", "/extraOpenings/1/on"]],
    ],
    [
      "a validity that ends before it begins",
      { validFrom: "2026-11-26", validUntil: "2026-11-25" },
      [
        ["validity-reversed", "/validUntil"],
        ["never-opens", "/week"],
      ],
    ],
    ["an empty week", { week: {} }, [["never-opens", "/week"]]],
    [
      "days without hours",
      { week: { "1": [], "2": [] }, holidays: [holiday("2026-12-24", "Eve")] },
      [["never-opens", "/week"]],
    ],
    [
      "a validity in which every day is a holiday",
      {
        week: { "1": [["08:00", "20:00"]] },
        holidays: [holiday("2026-11-02", "One"), holiday("2026-11-09", "Two")],
        validFrom: "2026-11-01",
        validUntil: "2026-11-15",
      },
      [["never-opens", "/week"]],
    ],
    ["a validity of a closed day", { validFrom: "2026-11-28", validUntil: "2026-11-29" }, [["never-opens", "/week"]]],
    [
      "hours only outside of the validity",
      { week: {}, extraOpenings: [{ on: "2026-12-24", hours: [["08:00", "12:00"]] }], validUntil: "2026-12-23" },
      [["never-opens", "/week"]],
    ],
  ])("%s", (_what, different, expected) => {
    expect(faults(different)).toEqual(expected);
  });

  test("says what is wrong and what to do", () => {
    const all = checkCalendar(
      exampleCalendar({
        zone: "EDT",
        week: {
          "1": [
            ["08:00", "12:00"],
            ["11:00", "13:00"],
            ["24:00", "02:00"],
          ],
          "2": [["01:00", "02:00"]],
        },
        holidays: [holiday("2026-12-24", "Eve"), holiday("2026-12-24", "Eve")],
        validFrom: "2026-11-26",
        validUntil: "2026-11-25",
      }),
    );
    expect(all).toEqual([
      {
        code: "unknown-zone",
        path: "/zone",
        problem: "EDT is not a zone of the IANA database",
        remedy: 'name the zone of a place, such as "America/New_York"',
      },
      {
        code: "time-out-of-place",
        path: "/week/1/2/0",
        problem: "a day ends at 24:00, so nothing opens then",
        remedy: 'write "00:00" on the next day',
      },
      {
        code: "overlapping-hours",
        path: "/week/1/1",
        problem: "the interval overlaps 08:00–12:00",
        remedy: "make one interval of the two, or end the first before the second begins",
      },
      {
        code: "overlapping-hours",
        path: "/week/2/0",
        problem: "the hours of the day before run on until 02:00",
        remedy: "begin later, or end the night before earlier",
      },
      {
        code: "date-twice",
        path: "/holidays/1/on",
        problem: "2026-12-24 is already in the list",
        remedy: "keep one entry for the date, with both names when it has two",
      },
      {
        code: "validity-reversed",
        path: "/validUntil",
        problem: "the last date 2026-11-25 comes before the first, 2026-11-26",
        remedy: "let validUntil be the last date on which the calendar opens",
      },
      {
        code: "never-opens",
        path: "/week",
        problem: "no date has hours, so nothing measured by this calendar could ever be due",
        remedy: 'give at least one day hours, such as "1": [["08:00", "20:00"]]',
      },
    ]);
  });
});
