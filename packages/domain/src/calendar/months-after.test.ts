import { describe, expect, test } from "vitest";
import { instantOf, toIso } from "../time/instant.ts";
import { HORIZON } from "./horizon.ts";
import { monthsAfter } from "./months-after.ts";

describe("some months after an instant", () => {
  test.each([
    ["2026-11-25T08:30:00.001Z", 0, "2026-11-25T08:30:00.001Z"],
    ["2026-11-25T08:30:00.000Z", 1, "2026-12-25T08:30:00.000Z"],
    ["2026-11-25T08:30:00.000Z", 2, "2027-01-25T08:30:00.000Z"],
    ["2026-11-25T23:59:59.999Z", 24, "2028-11-25T23:59:59.999Z"],
    ["2026-12-01T00:00:00.000Z", 12, "2027-12-01T00:00:00.000Z"],
    ["2027-01-31T12:00:00.000Z", 1, "2027-02-28T12:00:00.000Z"],
    ["2028-01-31T12:00:00.000Z", 1, "2028-02-29T12:00:00.000Z"],
    ["2026-10-31T00:00:00.000Z", 1, "2026-11-30T00:00:00.000Z"],
    ["2026-12-31T00:00:00.000Z", 12, "2027-12-31T00:00:00.000Z"],
  ])("%s and %i months is %s", (at, months, expected) => {
    expect(toIso(monthsAfter(instantOf(at), months))).toBe(expected);
  });

  test("is the horizon when it would lie beyond", () => {
    expect(monthsAfter(instantOf("2199-06-01T00:00:00Z"), 12)).toBe(HORIZON);
  });
});
