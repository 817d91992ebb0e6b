import { describe, expect, test } from "vitest";
import { instantOf, toIso } from "../time/instant.ts";
import { FIRST_YEAR, HORIZON, HorizonReached, LAST_YEAR, YEARS_KEPT, yearHolding, yearStartMs } from "./horizon.ts";

describe("the years in which open time is reckoned", () => {
  test("end with the last instant of 2199", () => {
    expect(toIso(HORIZON)).toBe("2199-12-31T23:59:59.999Z");
    expect([FIRST_YEAR, LAST_YEAR, YEARS_KEPT]).toEqual([1970, 2199, 230]);
    expect(yearStartMs(LAST_YEAR + 1)).toBe(HORIZON);
    expect(yearStartMs(1969)).toBeNaN();
  });

  test("hold their first and their last millisecond", () => {
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
      expect(yearStartMs(year)).toBe(instantOf(`${year}-01-01T00:00:00Z`));
      expect(yearHolding(yearStartMs(year))).toBe(year);
      expect(yearHolding(instantOf(`${year}-12-31T23:59:59.999Z`))).toBe(year);
    }
  });

  test("take what lies beyond them into the last", () => {
    expect(yearHolding(HORIZON + 400 * 86_400_000)).toBe(LAST_YEAR);
    expect(yearHolding(HORIZON + 2)).toBe(LAST_YEAR);
  });

  test("have an error of their own", () => {
    const error = new HorizonReached("too far");
    expect(error).toBeInstanceOf(RangeError);
    expect([error.name, error.message]).toEqual(["HorizonReached", "too far"]);
  });
});
