import { describe, expect, test } from "vitest";
import { instantOf, toIso } from "../time/instant.ts";
import { dateOfDay, dayNumber } from "./local-date.ts";
import { minutesOf } from "./wall-time.ts";
import { isZone, zoneClock } from "./zone-clock.ts";

describe("a time on the wall of a zone", () => {
  test.each([
    ["an ordinary day", "America/New_York", "2026-11-25", "08:00", "2026-11-25T13:00:00Z"],
    ["a half-hour zone", "Asia/Kathmandu", "2026-06-01", "00:00", "2026-05-31T18:15:00Z"],
    ["the moment before a gap", "America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00Z"],
    ["skipped: forward by the gap", "America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00:00Z"],
    ["skipped: forward by the gap", "America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z"],
    ["just after a gap", "America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00Z"],
    ["twice: the first", "America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00:00Z"],
    ["twice: the first", "America/New_York", "2026-11-01", "01:59", "2026-11-01T05:59:00Z"],
    ["just after a repetition", "America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z"],
    ["a gap of half an hour", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"],
    ["a repetition of half an hour", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"],
    ["a midnight that is skipped", "Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00:00Z"],
    ["the end of a day", "Asia/Beirut", "2026-03-28", "24:00", "2026-03-28T22:00:00Z"],
    ["a day that is skipped", "Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T18:00:00Z"],
    ["a change of offset for good", "Europe/Istanbul", "2026-01-01", "00:00", "2025-12-31T21:00:00Z"],
    ["a change on new year's eve", "Europe/Istanbul", "1978-10-15", "09:00", "1978-10-15T06:00:00Z"],
    ["skipped with the old year", "Asia/Kathmandu", "1986-01-01", "00:05", "1985-12-31T18:35:00Z"],
    ["far ahead", "America/New_York", "2199-07-01", "08:00", "2199-07-01T12:00:00Z"],
  ])("%s: %s %s %s is %s", (_what, zone, date, time, instant) => {
    expect(zoneClock(zone).atWallTime(dayNumber(date), minutesOf(time))).toBe(instantOf(instant));
  });

  test.each([
    ["America/New_York", "2026-11-01T05:30:00Z", -4],
    ["America/New_York", "2026-11-01T06:00:00Z", -5],
    ["America/New_York", "2026-11-01T05:59:59.999Z", -4],
    ["Asia/Kathmandu", "1970-01-01T00:00:00Z", 5.5],
    ["Asia/Kathmandu", "1990-01-01T00:00:00Z", 5.75],
  ])("%s at %s is %d h ahead of UTC", (zone, at, hours) => {
    expect(zoneClock(zone).offsetMs(instantOf(at))).toBe(hours * 3_600_000);
  });
});

describe("the date on the wall", () => {
  test.each([
    ["America/New_York", "2026-11-26T04:59:59.999Z", "2026-11-25"],
    ["America/New_York", "2026-11-26T05:00:00Z", "2026-11-26"],
    ["Australia/Sydney", "2026-11-25T13:00:00Z", "2026-11-26"],
    ["Asia/Beirut", "2026-03-28T21:59:59.999Z", "2026-03-28"],
    ["Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-29"],
    // The wall went back from 00:00 of the 24th to 23:00 of the 23rd, and that hour is of the 23rd.
    ["America/Asuncion", "2024-03-24T03:30:00Z", "2024-03-23"],
    ["America/Asuncion", "2024-03-24T04:00:00Z", "2024-03-24"],
    ["America/Havana", "2026-11-01T04:30:00Z", "2026-11-01"],
    // St. John's once went back at 00:01: the 30th had begun already, and goes on.
    ["America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07"],
    ["America/St_Johns", "2010-11-07T02:45:00Z", "2010-11-07"],
  ])("in %s at %s is %s", (zone, at, date) => {
    expect(dateOfDay(zoneClock(zone).dayHolding(instantOf(at)))).toBe(date);
  });
});

describe("the clock changes of a zone", () => {
  const changes = (zone: string, from: string, until: string) =>
    zoneClock(zone)
      .changes(instantOf(from), instantOf(until))
      .map(({ at, shiftMs }) => [toIso(at), shiftMs / 60_000]);

  test("are found over the years, in order and once", () => {
    expect(changes("America/New_York", "2025-06-01T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([
      ["2025-11-02T06:00:00.000Z", -60],
      ["2026-03-08T07:00:00.000Z", 60],
      ["2026-11-01T06:00:00.000Z", -60],
    ]);
  });

  test("are found a month apart, and of half an hour", () => {
    expect(changes("Africa/Casablanca", "2024-01-01T00:00:00Z", "2024-12-31T00:00:00Z")).toEqual([
      ["2024-03-10T02:00:00.000Z", -60],
      ["2024-04-14T02:00:00.000Z", 60],
    ]);
    expect(changes("Australia/Lord_Howe", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z")).toEqual([
      ["2026-04-04T15:00:00.000Z", -30],
    ]);
  });

  test("are in a range that begins with them and not in one that ends with them", () => {
    expect(changes("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00.001Z")).toHaveLength(1);
    expect(changes("America/New_York", "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z")).toEqual([]);
  });

  test("near the turn of a year belong to one year", () => {
    // Samoa crossed the date line at the end of 2011.
    expect(changes("Pacific/Apia", "2011-12-01T00:00:00Z", "2012-02-01T00:00:00Z")).toEqual([
      ["2011-12-30T10:00:00.000Z", 1_440],
    ]);
  });

  test("do not exist in UTC", () => {
    expect(changes("UTC", "1970-01-01T00:00:00Z", "1990-01-01T00:00:00Z")).toEqual([]);
  });
});

describe("the name of a zone", () => {
  test.each(["America/New_York", "UTC", "Etc/GMT+5", "Asia/Kolkata"])("%s is known", (zone) => {
    expect(isZone(zone)).toBe(true);
    expect(zoneClock(zone).zone).toBe(zone);
  });

  test.each(["", "Mars/Olympus", "+05:00", "-05", "America", " UTC"])("%j is not", (zone) => {
    expect(isZone(zone)).toBe(false);
    expect(() => zoneClock(zone)).toThrow(new RangeError(`${zone} is not a zone of the IANA database`));
  });

  test("is read once, for it takes long", () => {
    expect(zoneClock("Europe/Oslo")).toBe(zoneClock("Europe/Oslo"));
  });
});
