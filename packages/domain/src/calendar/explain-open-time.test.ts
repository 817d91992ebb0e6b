import { describe, expect, test } from "vitest";
import { DAY_MS, type Instant, instantOf, toIso } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { alwaysOpen, neverOpen } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";
import { EXPLAINED_DAYS_MAX, explainOpenTime, type OpenTimeSpan } from "./explain-open-time.ts";
import type { OpenHours } from "./open-hours.ts";
import { summarizeOpenTime } from "./summarize-open-time.ts";

const HOUR_MS = 3_600_000;

function rows(hours: OpenHours, start: string, end: string) {
  return explainOpenTime(hours, instantOf(start), instantOf(end)).map((span) => [
    span.on,
    toIso(span.from).slice(0, 16),
    span.lengthMs / HOUR_MS,
    describeSpan(span),
  ]);
}

function describeSpan(span: OpenTimeSpan): string {
  if (span.kind === "counted") return "counted";
  if (span.kind === "clock-change") return `clock ${span.shiftMs / HOUR_MS}`;
  return span.reason === "holiday" ? span.holiday : span.reason;
}

function example(different: Partial<Calendar> = {}): OpenHours {
  return compileCalendar(exampleCalendar(different));
}

describe("what a clock did", () => {
  test("over Thanksgiving", () => {
    const hours = example({ holidays: [holiday("2026-11-26", "Thanksgiving Day")] });
    expect(rows(hours, "2026-11-25T23:30:00Z", "2026-11-27T15:00:00Z")).toEqual([
      ["2026-11-25", "2026-11-25T23:30", 1.5, "counted"],
      ["2026-11-25", "2026-11-26T01:00", 4, "night"],
      ["2026-11-26", "2026-11-26T05:00", 24, "Thanksgiving Day"],
      ["2026-11-27", "2026-11-27T05:00", 8, "night"],
      ["2026-11-27", "2026-11-27T13:00", 2, "counted"],
    ]);
  });

  test("over a weekend with a clock change", () => {
    expect(rows(example(), "2026-10-31T00:00:00Z", "2026-11-02T14:00:00Z")).toEqual([
      ["2026-10-30", "2026-10-31T00:00", 4, "night"],
      ["2026-10-31", "2026-10-31T04:00", 24, "weekend"],
      ["2026-11-01", "2026-11-01T04:00", 2, "weekend"],
      ["2026-11-01", "2026-11-01T06:00", 0, "clock -1"],
      ["2026-11-01", "2026-11-01T06:00", 23, "weekend"],
      ["2026-11-02", "2026-11-02T05:00", 8, "night"],
      ["2026-11-02", "2026-11-02T13:00", 1, "counted"],
    ]);
  });

  test("in an opening with a clock change", () => {
    const nights = example({ week: everyDay(["22:00", "06:00"]) });
    expect(rows(nights, "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z")).toEqual([
      ["2026-03-07", "2026-03-08T03:00", 2, "counted"],
      ["2026-03-08", "2026-03-08T05:00", 2, "counted"],
      ["2026-03-08", "2026-03-08T07:00", 0, "clock 1"],
      ["2026-03-08", "2026-03-08T07:00", 3, "counted"],
      ["2026-03-08", "2026-03-08T10:00", 2, "night"],
    ]);
  });

  test("over a lunch break, a closed Wednesday and a half day", () => {
    const hours = example({
      zone: "UTC",
      week: {
        "2": [
          ["08:00", "12:00"],
          ["13:00", "17:00"],
        ],
        "4": [["08:00", "17:00"]],
      },
      holidays: [holiday("2026-11-26", "Eve", [["08:00", "12:00"]])],
    });
    expect(rows(hours, "2026-11-24T07:00:00Z", "2026-11-26T18:00:00Z")).toEqual([
      ["2026-11-24", "2026-11-24T07:00", 1, "night"],
      ["2026-11-24", "2026-11-24T08:00", 4, "counted"],
      ["2026-11-24", "2026-11-24T12:00", 1, "break"],
      ["2026-11-24", "2026-11-24T13:00", 4, "counted"],
      ["2026-11-24", "2026-11-24T17:00", 7, "night"],
      ["2026-11-25", "2026-11-25T00:00", 24, "closed-day"],
      ["2026-11-26", "2026-11-26T00:00", 8, "Eve"],
      ["2026-11-26", "2026-11-26T08:00", 4, "counted"],
      ["2026-11-26", "2026-11-26T12:00", 6, "Eve"],
    ]);
  });

  test("on a Friday without hours and on a Saturday", () => {
    const hours = example({ zone: "UTC", week: { "1": [["08:00", "12:00"]] } });
    expect(rows(hours, "2026-11-27T00:00:00Z", "2026-11-29T00:00:00Z").map(([, , , what]) => what)).toEqual([
      "closed-day",
      "weekend",
    ]);
  });

  test("on an extra opening", () => {
    const hours = example({ zone: "UTC", extraOpenings: [{ on: "2026-11-28", hours: [["10:00", "12:00"]] }] });
    expect(rows(hours, "2026-11-28T09:00:00Z", "2026-11-28T13:00:00Z").map(([, , , what]) => what)).toEqual([
      "night",
      "counted",
      "night",
    ]);
  });

  test("before a calendar is in force", () => {
    const hours = example({ zone: "UTC", validFrom: "2026-11-26" });
    expect(rows(hours, "2026-11-25T00:00:00Z", "2026-11-26T08:00:00Z").map(([, , , what]) => what)).toEqual([
      "not-in-force",
      "night",
    ]);
  });

  test("over a date that a zone left out, as Samoa did with Friday, 30 December 2011", () => {
    const hours = example({ zone: "Pacific/Apia", week: everyDay(["09:00", "17:00"]) });
    expect(rows(hours, "2011-12-30T03:00:00Z", "2011-12-31T03:00:00Z")).toEqual([
      ["2011-12-29", "2011-12-30T03:00", 7, "night"],
      ["2011-12-31", "2011-12-30T10:00", 0, "clock 24"],
      ["2011-12-31", "2011-12-30T10:00", 9, "night"],
      ["2011-12-31", "2011-12-30T19:00", 8, "counted"],
    ]);
  });

  test("day and night", () => {
    expect(rows(alwaysOpen, "2026-12-31T22:00:00Z", "2027-01-01T02:00:00Z")).toEqual([
      ["2026-12-31", "2026-12-31T22:00", 2, "counted"],
      ["2027-01-01", "2027-01-01T00:00", 2, "counted"],
    ]);
  });

  test("with a clock change at its very beginning, and not at its end", () => {
    const change = instantOf("2026-11-01T06:00:00Z");
    expect(explainOpenTime(alwaysOpen, change, change)).toEqual([]);
    expect(rows(example(), "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z").map(([, , , what]) => what)).toEqual([
      "clock -1",
      "weekend",
    ]);
    expect(rows(example(), "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z").map(([, , , what]) => what)).toEqual([
      "weekend",
    ]);
  });

  test("says when each span ends", () => {
    const [span] = explainOpenTime(neverOpen, 10 as Instant, 25 as Instant);
    expect(span).toEqual({
      kind: "skipped",
      reason: "not-in-force",
      from: 10,
      until: 25,
      lengthMs: 15,
      on: "1970-01-01",
    });
  });
});

describe("time that is not explained", () => {
  const start = instantOf("2026-01-01T00:00:00Z");
  const error = new RangeError("only time of 0 to 3660 days is explained");

  test("ends before it begins", () => {
    expect(() => explainOpenTime(alwaysOpen, start, (start - 1) as Instant)).toThrow(error);
  });

  test("is longer than ten years", () => {
    const longest = (start + EXPLAINED_DAYS_MAX * DAY_MS) as Instant;
    expect(explainOpenTime(neverOpen, start, longest)).toHaveLength(EXPLAINED_DAYS_MAX);
    expect(() => explainOpenTime(alwaysOpen, start, (longest + 1) as Instant)).toThrow(error);
  });
});

describe("an explanation by date", () => {
  const hours = example({
    holidays: [holiday("2026-11-26", "Thanksgiving Day"), holiday("2026-11-27", "Day after", [["08:00", "12:00"]])],
  });

  test("adds up what was counted and skipped, and names the holidays", () => {
    const summary = summarizeOpenTime(
      explainOpenTime(hours, instantOf("2026-11-25T12:00:00Z"), instantOf("2026-11-28T05:00:00Z")),
    );
    expect(summary).toEqual({
      countedMs: 16 * HOUR_MS,
      skippedMs: 49 * HOUR_MS,
      holidays: ["Thanksgiving Day", "Day after"],
      days: [
        {
          on: "2026-11-25",
          weekday: 3,
          countedMs: 12 * HOUR_MS,
          skipped: [{ reason: "night", ms: 5 * HOUR_MS }],
          clockShiftMs: 0,
        },
        {
          on: "2026-11-26",
          weekday: 4,
          countedMs: 0,
          skipped: [{ reason: "holiday", holiday: "Thanksgiving Day", ms: 24 * HOUR_MS }],
          clockShiftMs: 0,
        },
        {
          on: "2026-11-27",
          weekday: 5,
          countedMs: 4 * HOUR_MS,
          skipped: [{ reason: "holiday", holiday: "Day after", ms: 20 * HOUR_MS }],
          clockShiftMs: 0,
        },
      ],
    });
  });

  test("tells nights from breaks, and says when the clocks changed", () => {
    const split = example({ week: everyDay(["08:00", "12:00"], ["13:00", "20:00"]) });
    const { days } = summarizeOpenTime(
      explainOpenTime(split, instantOf("2026-03-08T05:00:00Z"), instantOf("2026-03-09T04:00:00Z")),
    );
    expect(days).toEqual([
      {
        on: "2026-03-08",
        weekday: 7,
        countedMs: 11 * HOUR_MS,
        skipped: [
          { reason: "night", ms: 11 * HOUR_MS },
          { reason: "break", ms: HOUR_MS },
        ],
        clockShiftMs: HOUR_MS,
      },
    ]);
  });

  test("of nothing is empty", () => {
    expect(summarizeOpenTime([])).toEqual({ countedMs: 0, skippedMs: 0, holidays: [], days: [] });
  });
});
