import { describe, expect, test } from "vitest";
import { instantOf, toIso } from "../time/instant.ts";
import { alwaysOpen, neverOpen, openDuring, union } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { exampleCalendar } from "./example-calendar.ts";
import type { OpenHours } from "./open-hours.ts";
import { openPeriods, openPeriodsBetween } from "./open-periods.ts";

const newYork = compileCalendar(exampleCalendar());

function first(count: number, hours: OpenHours, from: string): [string, string][] {
  const found: [string, string][] = [];
  for (const { opensAt, closesAt } of openPeriods(hours, instantOf(from))) {
    found.push([toIso(opensAt), toIso(closesAt)]);
    if (found.length === count) break;
  }
  return found;
}

function between(hours: OpenHours, from: string, until: string): [string, string][] {
  return Array.from(openPeriodsBetween(hours, instantOf(from), instantOf(until)), ({ opensAt, closesAt }) => [
    toIso(opensAt),
    toIso(closesAt),
  ]);
}

describe("the open periods from an instant on", () => {
  test("begin with what is left of the present one", () => {
    expect(first(2, newYork, "2026-11-27T15:30:00Z")).toEqual([
      ["2026-11-27T15:30:00.000Z", "2026-11-28T01:00:00.000Z"],
      ["2026-11-30T13:00:00.000Z", "2026-12-01T01:00:00.000Z"],
    ]);
  });
  test("begin with the next one at a closing", () => {
    expect(first(1, newYork, "2026-11-28T01:00:00Z")).toEqual([
      ["2026-11-30T13:00:00.000Z", "2026-12-01T01:00:00.000Z"],
    ]);
  });
  test("are whole over the turn of a year", () => {
    expect(first(1, newYork, "2026-12-31T13:00:00Z")).toEqual([
      ["2026-12-31T13:00:00.000Z", "2027-01-01T01:00:00.000Z"],
    ]);
  });
  test("end with the horizon", () => {
    expect(first(9, alwaysOpen, "2026-01-01T00:00:00Z")).toEqual([
      ["2026-01-01T00:00:00.000Z", "2199-12-31T23:59:59.999Z"],
    ]);
    expect(first(9, neverOpen, "2026-01-01T00:00:00Z")).toEqual([]);
  });
});

describe("the open periods between two instants", () => {
  test("are cut to them", () => {
    expect(between(newYork, "2026-11-27T15:00:00Z", "2026-11-30T14:00:00Z")).toEqual([
      ["2026-11-27T15:00:00.000Z", "2026-11-28T01:00:00.000Z"],
      ["2026-11-30T13:00:00.000Z", "2026-11-30T14:00:00.000Z"],
    ]);
  });
  test("do not hold one that opens just when they end, nor one that closes just when they begin", () => {
    expect(between(newYork, "2026-11-28T01:00:00Z", "2026-11-30T13:00:00Z")).toEqual([]);
  });
  test("of nothing are none", () => {
    expect(between(alwaysOpen, "2026-11-28T01:00:00Z", "2026-11-28T01:00:00Z")).toEqual([]);
  });
  test("that meet at the turn of a year are one, and those that do not are two", () => {
    const turn = instantOf("2027-01-01T00:00:00Z");
    const before = openDuring(instantOf("2026-12-31T22:00:00Z"), turn);
    const after = openDuring(turn, instantOf("2027-01-01T02:00:00Z"));
    const later = openDuring(instantOf("2027-01-01T01:00:00Z"), instantOf("2027-01-01T02:00:00Z"));
    expect(between(union(before, after), "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")).toEqual([
      ["2026-12-31T22:00:00.000Z", "2027-01-01T02:00:00.000Z"],
    ]);
    expect(between(union(before, later), "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")).toHaveLength(2);
  });
});

describe("hours that open far ahead", () => {
  test("are not looked for after the end", () => {
    const asked: number[] = [];
    const hours: OpenHours = {
      ...newYork,
      year: (year) => {
        asked.push(year);
        return neverOpen.year(year);
      },
    };
    expect(between(hours, "2026-11-27T15:00:00Z", "2028-11-30T14:00:00Z")).toEqual([]);
    expect(asked).toEqual([2026, 2027, 2028]);
  });
});
