import { describe, expect, test } from "vitest";
import { type Instant, instantOf, toIso } from "../time/instant.ts";
import { alwaysOpen, neverOpen, openDuring, union } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";
import { HORIZON, HorizonReached } from "./horizon.ts";
import { isOpen, nextClosing, nextOpening, previousClosing } from "./opening.ts";

const newYork = compileCalendar(exampleCalendar({ holidays: [holiday("2026-11-26", "Thanksgiving Day")] }));
const iso = (at: Instant | undefined) => (at === undefined ? undefined : toIso(at));

describe("a team in New York, Monday to Friday 08:00–20:00, Thanksgiving on 26 November 2026", () => {
  test.each([
    [
      "Wednesday noon",
      "2026-11-25T17:00:00Z",
      true,
      "2026-11-25T17:00:00.000Z",
      "2026-11-26T01:00:00.000Z",
      "2026-11-25T01:00:00.000Z",
    ],
    [
      "its opening",
      "2026-11-25T13:00:00Z",
      true,
      "2026-11-25T13:00:00.000Z",
      "2026-11-26T01:00:00.000Z",
      "2026-11-25T01:00:00.000Z",
    ],
    [
      "just before its opening",
      "2026-11-25T12:59:59.999Z",
      false,
      "2026-11-25T13:00:00.000Z",
      "2026-11-26T01:00:00.000Z",
      "2026-11-25T01:00:00.000Z",
    ],
    [
      "just before its closing",
      "2026-11-26T00:59:59.999Z",
      true,
      "2026-11-26T00:59:59.999Z",
      "2026-11-26T01:00:00.000Z",
      "2026-11-25T01:00:00.000Z",
    ],
    [
      "its closing",
      "2026-11-26T01:00:00Z",
      false,
      "2026-11-27T13:00:00.000Z",
      "2026-11-28T01:00:00.000Z",
      "2026-11-26T01:00:00.000Z",
    ],
    [
      "the holiday's noon",
      "2026-11-26T17:00:00Z",
      false,
      "2026-11-27T13:00:00.000Z",
      "2026-11-28T01:00:00.000Z",
      "2026-11-26T01:00:00.000Z",
    ],
    [
      "the weekend",
      "2026-11-29T17:00:00Z",
      false,
      "2026-11-30T13:00:00.000Z",
      "2026-12-01T01:00:00.000Z",
      "2026-11-28T01:00:00.000Z",
    ],
    [
      "New Year's Eve, open past midnight in UTC",
      "2026-12-31T23:30:00Z",
      true,
      "2026-12-31T23:30:00.000Z",
      "2027-01-01T01:00:00.000Z",
      "2026-12-31T01:00:00.000Z",
    ],
    [
      "the last night of the year",
      "2027-12-31T12:00:00Z",
      false,
      "2027-12-31T13:00:00.000Z",
      "2028-01-01T01:00:00.000Z",
      "2027-12-31T01:00:00.000Z",
    ],
    [
      "after the last opening of the year",
      "2028-01-01T02:00:00Z",
      false,
      "2028-01-03T13:00:00.000Z",
      "2028-01-04T01:00:00.000Z",
      "2028-01-01T01:00:00.000Z",
    ],
  ])("%s", (_when, at, open, opening, closing, before) => {
    const moment = instantOf(at);
    expect(isOpen(newYork, moment)).toBe(open);
    expect(iso(nextOpening(newYork, moment))).toBe(opening);
    expect(iso(nextClosing(newYork, moment))).toBe(closing);
    expect(iso(previousClosing(newYork, moment))).toBe(before);
  });
});

describe("hours that never close", () => {
  test("are open from the first to the last instant", () => {
    expect(isOpen(alwaysOpen, 0 as Instant)).toBe(true);
    expect(isOpen(alwaysOpen, (HORIZON - 1) as Instant)).toBe(true);
    expect(nextOpening(alwaysOpen, instantOf("2026-01-01T00:00:00Z"))).toBe(instantOf("2026-01-01T00:00:00Z"));
  });

  test("have no next closing, whether they are made of days or of one piece", () => {
    const days = compileCalendar(exampleCalendar({ week: everyDay(["00:00", "24:00"]) }));
    expect(nextClosing(alwaysOpen, instantOf("2026-06-01T00:00:00Z"))).toBeUndefined();
    expect(nextClosing(days, instantOf("2026-06-01T00:00:00Z"))).toBeUndefined();
  });

  test("close when it is ten years ahead, and not when it is more", () => {
    const until = instantOf("2036-12-31T00:00:00Z");
    const hours = openDuring(instantOf("2020-01-01T00:00:00Z"), until);
    expect(nextClosing(hours, instantOf("2026-01-01T00:00:00Z"))).toBe(until);
    expect(nextClosing(hours, instantOf("2025-12-31T23:59:59Z"))).toBeUndefined();
  });
});

describe("hours that end with a year", () => {
  const turn = instantOf("2027-01-01T00:00:00Z");
  const hours = openDuring(instantOf("2026-12-01T00:00:00Z"), turn);

  test("close at the turn of the year when nothing opens then", () => {
    expect(nextClosing(hours, instantOf("2026-12-15T00:00:00Z"))).toBe(turn);
    expect(isOpen(hours, turn)).toBe(false);
    expect(previousClosing(hours, instantOf("2030-01-01T00:00:00Z"))).toBe(turn);
  });

  test("close later when something opens just then", () => {
    const later = instantOf("2027-02-01T00:00:00Z");
    expect(nextClosing(union(hours, openDuring(turn, later)), instantOf("2026-12-15T00:00:00Z"))).toBe(later);
  });

  test("close at the turn of the year when the next opening comes a little later", () => {
    const more = openDuring((turn + 1) as Instant, instantOf("2027-02-01T00:00:00Z"));
    expect(nextClosing(union(hours, more), instantOf("2026-12-15T00:00:00Z"))).toBe(turn);
  });
});

describe("hours that do not open any more", () => {
  const past = openDuring(instantOf("2020-01-01T00:00:00Z"), instantOf("2020-02-01T00:00:00Z"));
  const at = instantOf("2021-01-01T00:00:00Z");

  test("have no next opening, which is an error, and no next closing", () => {
    expect(() => nextOpening(past, at)).toThrow(new HorizonReached("no opening comes before the end of 2199"));
    expect(nextClosing(past, at)).toBeUndefined();
  });

  test("have had a closing, and those that never opened have not", () => {
    expect(iso(previousClosing(past, at))).toBe("2020-02-01T00:00:00.000Z");
    expect(() => previousClosing(neverOpen, at)).toThrow(
      new HorizonReached("no closing comes after the start of 1970"),
    );
    expect(() => previousClosing(past, instantOf("2020-01-15T00:00:00Z"))).toThrow(HorizonReached);
  });

  test("are found in the very first and the very last year", () => {
    const first = openDuring(0 as Instant, 10 as Instant);
    const last = openDuring(instantOf("2199-12-31T00:00:00Z"));
    expect(previousClosing(first, at)).toBe(10);
    expect(iso(nextOpening(last, at))).toBe("2199-12-31T00:00:00.000Z");
    expect(isOpen(last, HORIZON)).toBe(false);
  });
});
