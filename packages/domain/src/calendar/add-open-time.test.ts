import { describe, expect, test } from "vitest";
import { type Instant, instantOf, toIso } from "../time/instant.ts";
import { addOpenTime, fitsOpenTime, subtractOpenTime } from "./add-open-time.ts";
import { alwaysOpen, neverOpen, openDuring } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";
import { HORIZON, HorizonReached } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { openTimeBetween } from "./open-time-between.ts";

const HOUR_MS = 3_600_000;

const newYork = compileCalendar(
  exampleCalendar({
    holidays: [holiday("2026-11-26", "Thanksgiving Day"), holiday("2026-12-24", "Christmas Eve", [["08:00", "12:00"]])],
  }),
);
const nights = compileCalendar(exampleCalendar({ week: everyDay(["22:00", "06:00"]) }));
const lunch = compileCalendar(exampleCalendar({ week: everyDay(["08:00", "12:00"], ["13:00", "17:00"]) }));

function added(hours: OpenHours, start: string, count: number): string {
  return toIso(addOpenTime(hours, instantOf(start), count * HOUR_MS));
}

function subtracted(hours: OpenHours, end: string, count: number): string {
  return toIso(subtractOpenTime(hours, instantOf(end), count * HOUR_MS));
}

describe("so many hours of open time after a start", () => {
  test.each<[string, OpenHours, string, number, string]>([
    ["within a day", newYork, "2026-11-24T15:00:00Z", 2, "2026-11-24T17:00:00.000Z"],
    [
      "to the closing, which is the closing and not the next opening",
      newYork,
      "2026-11-25T23:00:00Z",
      2,
      "2026-11-26T01:00:00.000Z",
    ],
    ["to just after the closing: over the holiday", newYork, "2026-11-25T23:00:00Z", 2.5, "2026-11-27T13:30:00.000Z"],
    ["over a weekend", newYork, "2026-11-27T23:00:00Z", 4, "2026-11-30T15:00:00.000Z"],
    ["from a closed time", newYork, "2026-11-28T03:00:00Z", 1, "2026-11-30T14:00:00.000Z"],
    [
      "one business day: the same time on the next working day",
      newYork,
      "2026-11-25T19:00:00Z",
      12,
      "2026-11-27T19:00:00.000Z",
    ],
    ["through a half day", newYork, "2026-12-24T16:00:00Z", 2, "2026-12-25T14:00:00.000Z"],
    ["over the turn of a year, within one opening", newYork, "2026-12-31T23:30:00Z", 1, "2027-01-01T00:30:00.000Z"],
    ["to the very turn of the year in UTC", newYork, "2026-12-31T23:30:00Z", 0.5, "2027-01-01T00:00:00.000Z"],
    ["over a whole year", newYork, "2026-01-05T13:00:00Z", 261 * 12, "2027-01-06T21:00:00.000Z"],
    ["over many years", newYork, "2026-01-05T13:00:00Z", 20_000, "2032-05-27T16:00:00.000Z"],
    ["over a lunch break", lunch, "2026-11-24T16:00:00Z", 2, "2026-11-24T19:00:00.000Z"],
    ["to a lunch break", lunch, "2026-11-24T16:00:00Z", 1, "2026-11-24T17:00:00.000Z"],
    ["over midnight", nights, "2026-11-25T04:00:00Z", 4, "2026-11-25T08:00:00.000Z"],
    ["in a night that a clock change shortens", nights, "2026-03-08T03:00:00Z", 7, "2026-03-08T10:00:00.000Z"],
    ["in a night that a clock change lengthens", nights, "2026-11-01T02:00:00Z", 9, "2026-11-01T11:00:00.000Z"],
    ["day and night", alwaysOpen, "2026-12-31T23:00:00Z", 2, "2027-01-01T01:00:00.000Z"],
    ["day and night, for years", alwaysOpen, "2026-12-31T23:00:00Z", 24 * 1_000, "2029-09-26T23:00:00.000Z"],
  ])("%s", (_what, hours, start, count, due) => {
    expect(added(hours, start, count)).toBe(due);
  });

  test.each([
    ["an open start", "2026-11-24T15:00:00.123Z", "2026-11-24T15:00:00.123Z"],
    ["an opening", "2026-11-24T13:00:00.000Z", "2026-11-24T13:00:00.000Z"],
    ["a closing", "2026-11-25T01:00:00Z", "2026-11-25T13:00:00.000Z"],
    ["a closed start", "2026-11-28T15:00:00Z", "2026-11-30T13:00:00.000Z"],
  ])("for nothing after %s it is that, or the next opening", (_what, start, due) => {
    expect(added(newYork, start, 0)).toBe(due);
  });

  test("are exact to the millisecond", () => {
    const start = instantOf("2026-11-25T00:59:59.998Z");
    expect(toIso(addOpenTime(newYork, start, 1))).toBe("2026-11-25T00:59:59.999Z");
    expect(toIso(addOpenTime(newYork, start, 2))).toBe("2026-11-25T01:00:00.000Z");
    expect(toIso(addOpenTime(newYork, start, 3))).toBe("2026-11-25T13:00:00.001Z");
  });
});

describe("so many hours of open time before an end", () => {
  test.each<[string, OpenHours, string, number, string]>([
    ["within a day", newYork, "2026-11-24T17:00:00Z", 2, "2026-11-24T15:00:00.000Z"],
    [
      "to the opening, which is the opening and not the closing before",
      newYork,
      "2026-11-24T15:00:00Z",
      2,
      "2026-11-24T13:00:00.000Z",
    ],
    ["to just before the opening: over a holiday", newYork, "2026-11-27T13:30:00Z", 2.5, "2026-11-25T23:00:00.000Z"],
    ["from a closing", newYork, "2026-11-26T01:00:00Z", 1, "2026-11-26T00:00:00.000Z"],
    ["from an opening", newYork, "2026-11-24T13:00:00Z", 1, "2026-11-24T00:00:00.000Z"],
    ["from a closed time", newYork, "2026-11-29T13:00:00Z", 12, "2026-11-27T13:00:00.000Z"],
    ["over the turn of a year", newYork, "2027-01-01T00:30:00Z", 1, "2026-12-31T23:30:00.000Z"],
    ["to the very turn of the year in UTC", newYork, "2027-01-01T00:30:00Z", 0.5, "2027-01-01T00:00:00.000Z"],
    ["over a whole year", newYork, "2027-01-06T21:00:00Z", 261 * 12, "2026-01-05T13:00:00.000Z"],
    ["over many years", newYork, "2032-05-27T16:00:00Z", 20_000, "2026-01-05T13:00:00.000Z"],
    ["day and night", alwaysOpen, "2027-01-01T01:00:00Z", 2, "2026-12-31T23:00:00.000Z"],
  ])("%s", (_what, hours, end, count, start) => {
    expect(subtracted(hours, end, count)).toBe(start);
  });

  test.each([
    ["an open end", "2026-11-24T15:00:00.123Z", "2026-11-24T15:00:00.123Z"],
    ["an opening", "2026-11-24T13:00:00Z", "2026-11-24T13:00:00.000Z"],
    ["a closing", "2026-11-25T01:00:00Z", "2026-11-25T01:00:00.000Z"],
    ["a closed end", "2026-11-29T15:00:00Z", "2026-11-28T01:00:00.000Z"],
  ])("for nothing before %s it is that, or the closing before", (_what, end, start) => {
    expect(subtracted(newYork, end, 0)).toBe(start);
  });
});

describe("the open time between two instants", () => {
  test.each([
    ["within a day", "2026-11-24T15:00:00Z", "2026-11-24T17:30:00Z", 2.5],
    ["from a closing to the next opening", "2026-11-26T01:00:00Z", "2026-11-27T13:00:00Z", 0],
    ["over a holiday", "2026-11-25T23:00:00Z", "2026-11-27T14:00:00Z", 3],
    ["over a year", "2026-01-05T13:00:00Z", "2027-01-06T21:00:00Z", 261 * 12],
    ["over the turn of a year, within one opening", "2026-12-31T23:30:00Z", "2027-01-01T00:30:00Z", 1],
    ["of nothing", "2026-11-24T15:00:00Z", "2026-11-24T15:00:00Z", 0],
  ])("%s", (_what, a, b, hours) => {
    expect(openTimeBetween(newYork, instantOf(a), instantOf(b))).toBe(hours * HOUR_MS);
    expect(openTimeBetween(newYork, instantOf(b), instantOf(a))).toBe(0 - hours * HOUR_MS);
  });
});

describe("open time that does not come", () => {
  const start = instantOf("2026-01-01T00:00:00Z");

  test("is an error that says so, in both directions", () => {
    expect(() => addOpenTime(neverOpen, start, 1)).toThrow(
      new HorizonReached("1 ms of open time do not fit before the end of 2199"),
    );
    expect(() => subtractOpenTime(neverOpen, start, 1)).toThrow(
      new HorizonReached("1 ms of open time do not fit after the start of 1970"),
    );
    expect(() => addOpenTime(neverOpen, start, 0)).toThrow(HorizonReached);
    expect(() => subtractOpenTime(neverOpen, start, 0)).toThrow(HorizonReached);
  });

  test("can be asked about beforehand", () => {
    const untilHorizon = HORIZON - start;
    expect(fitsOpenTime(alwaysOpen, start, untilHorizon)).toBe(true);
    expect(addOpenTime(alwaysOpen, start, untilHorizon)).toBe(HORIZON);
    expect(fitsOpenTime(alwaysOpen, start, untilHorizon + 1)).toBe(false);
    expect(() => fitsOpenTime(alwaysOpen, start, 0.5)).toThrow("0.5 is not a length");
  });

  test("is there back to the first instant", () => {
    expect(subtractOpenTime(alwaysOpen, start, start)).toBe(0);
    expect(() => subtractOpenTime(alwaysOpen, start, start + 1)).toThrow(HorizonReached);
  });

  test("comes in the last year when it comes only then", () => {
    const late = openDuring(instantOf("2199-12-31T23:00:00Z"));
    expect(toIso(addOpenTime(late, start, HOUR_MS / 2))).toBe("2199-12-31T23:30:00.000Z");
    expect(subtractOpenTime(openDuring(0 as Instant, 20 as Instant), start, 5)).toBe(15);
  });
});

describe("a length that is none", () => {
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("%d ms is refused", (length) => {
    const at = instantOf("2026-01-01T00:00:00Z");
    const error = new RangeError(`${length} is not a length of open time in whole milliseconds`);
    expect(() => addOpenTime(alwaysOpen, at, length)).toThrow(error);
    expect(() => subtractOpenTime(alwaysOpen, at, length)).toThrow(error);
  });
});
