import { describe, expect, test } from "vitest";
import { instantOf, toIso } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";
import { openPeriodsBetween } from "./open-periods.ts";

function periods(different: Partial<Calendar>, from: string, until: string): [string, string][] {
  const hours = compileCalendar(exampleCalendar(different));
  return Array.from(openPeriodsBetween(hours, instantOf(from), instantOf(until)), ({ opensAt, closesAt }) => [
    toIso(opensAt).slice(0, 16),
    toIso(closesAt).slice(0, 16),
  ]);
}

describe("the hours of a date", () => {
  const week: Partial<Calendar> = { zone: "UTC", week: everyDay(["08:00", "20:00"]) };
  const on = (different: Partial<Calendar>) =>
    periods({ ...week, ...different }, "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z");

  test("are the week's", () => {
    expect(on({})).toEqual([["2026-11-25T08:00", "2026-11-25T20:00"]]);
  });
  test("are none on a holiday, and its own on a half day", () => {
    expect(on({ holidays: [holiday("2026-11-25", "Fair")] })).toEqual([]);
    expect(on({ holidays: [holiday("2026-11-25", "Fair", [])] })).toEqual([]);
    expect(on({ holidays: [holiday("2026-11-25", "Fair", [["09:00", "12:00"]])] })).toEqual([
      ["2026-11-25T09:00", "2026-11-25T12:00"],
    ]);
  });
  test("are those of an extra opening, even on a holiday", () => {
    const extraOpenings = [{ on: "2026-11-25", hours: [["10:00", "11:00"]] as [string, string][] }];
    expect(on({ extraOpenings })).toEqual([["2026-11-25T10:00", "2026-11-25T11:00"]]);
    expect(on({ extraOpenings, holidays: [holiday("2026-11-25", "Fair")] })).toEqual([
      ["2026-11-25T10:00", "2026-11-25T11:00"],
    ]);
  });
  test("are none before the validity and after it", () => {
    const open = [["2026-11-25T08:00", "2026-11-25T20:00"]];
    expect(on({ validFrom: "2026-11-25", validUntil: "2026-11-25" })).toEqual(open);
    expect(on({ validFrom: "2026-11-26" })).toEqual([]);
    expect(on({ validUntil: "2026-11-24" })).toEqual([]);
    expect(on({ validFrom: "2026-11-26", extraOpenings: [{ on: "2026-11-25", hours: [["10:00", "11:00"]] }] })).toEqual(
      [],
    );
  });
  test("that touch, at noon or at midnight, are one opening", () => {
    expect(on({ week: everyDay(["08:00", "12:00"], ["12:00", "20:00"]) })).toEqual([
      ["2026-11-25T08:00", "2026-11-25T20:00"],
    ]);
    expect(
      periods({ ...week, week: everyDay(["00:00", "24:00"]) }, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
    ).toEqual([["2026-01-01T00:00", "2028-01-01T00:00"]]);
  });
});

describe("a night", () => {
  const nights: Partial<Calendar> = { zone: "UTC", week: everyDay(["22:00", "06:00"]) };

  test("belongs to the date on which it opens", () => {
    expect(
      periods({ ...nights, holidays: [holiday("2026-11-25", "Fair")] }, "2026-11-24T12:00:00Z", "2026-11-27T12:00:00Z"),
    ).toEqual([
      ["2026-11-24T22:00", "2026-11-25T06:00"],
      ["2026-11-26T22:00", "2026-11-27T06:00"],
    ]);
  });
  test("goes on after the last date of the validity", () => {
    expect(periods({ ...nights, validUntil: "2026-11-24" }, "2026-11-24T12:00:00Z", "2026-11-27T12:00:00Z")).toEqual([
      ["2026-11-24T22:00", "2026-11-25T06:00"],
    ]);
  });
  test("is one opening over the turn of a year", () => {
    expect(periods(nights, "2026-12-31T12:00:00Z", "2027-01-01T12:00:00Z")).toEqual([
      ["2026-12-31T22:00", "2027-01-01T06:00"],
    ]);
  });
});

describe("a clock change", () => {
  const spring = (...hours: [string, string][]) =>
    periods({ week: everyDay(...hours) }, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z");
  const autumn = (...hours: [string, string][]) =>
    periods({ week: everyDay(...hours) }, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z");

  test("shortens what it lies in", () => {
    expect(spring(["01:00", "04:00"])).toEqual([["2026-03-08T06:00", "2026-03-08T08:00"]]);
  });
  test("moves an opening that it skips forward by the gap", () => {
    expect(spring(["02:30", "08:00"])).toEqual([["2026-03-08T07:30", "2026-03-08T12:00"]]);
  });
  test("moves a closing that it skips forward by the gap", () => {
    expect(spring(["00:00", "02:30"])).toEqual([["2026-03-08T05:00", "2026-03-08T07:30"]]);
  });
  test("empties an interval that it skips whole, and turns one round that it skips in part", () => {
    expect(spring(["02:00", "03:00"])).toEqual([]);
    expect(spring(["02:30", "03:15"])).toEqual([]);
    expect(spring(["02:10", "02:50"])).toEqual([["2026-03-08T07:10", "2026-03-08T07:50"]]);
  });
  test("joins intervals that it makes overlap", () => {
    expect(spring(["01:00", "02:30"], ["03:00", "04:00"])).toEqual([["2026-03-08T06:00", "2026-03-08T08:00"]]);
  });
  test("lengthens what it lies in", () => {
    expect(autumn(["00:30", "02:00"])).toEqual([["2026-11-01T04:30", "2026-11-01T07:00"]]);
  });
  test("is passed by what ends with the first of two same times", () => {
    expect(autumn(["00:30", "01:30"])).toEqual([["2026-11-01T04:30", "2026-11-01T05:30"]]);
    expect(autumn(["01:30", "03:00"])).toEqual([["2026-11-01T05:30", "2026-11-01T08:00"]]);
  });
});

describe("the years of a zone far from Greenwich", () => {
  test.each([
    ["Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00", "2026-01-01T10:00"],
    ["Pacific/Pago_Pago", "2026-12-31", "2026-12-31T11:00", "2027-01-01T11:00"],
  ])("%s keeps all of %s", (zone, on, opens, closes) => {
    const different: Partial<Calendar> = { zone, week: {}, extraOpenings: [{ on, hours: [["00:00", "24:00"]] }] };
    expect(periods(different, "2025-06-01T00:00:00Z", "2027-06-01T00:00:00Z")).toEqual([[opens, closes]]);
  });
});

describe("a zone that nobody knows", () => {
  test("cannot be compiled", () => {
    expect(() => compileCalendar(exampleCalendar({ zone: "Mars/Olympus" }))).toThrow(RangeError);
  });
});
