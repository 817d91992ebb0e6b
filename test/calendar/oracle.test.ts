import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryWeek, arbitraryYear } from "./arbitrary-questions.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";

const WEEKS = 2_600;
const QUESTIONS_A_WEEK = 20;
const YEARS = 30;
const QUESTIONS_A_YEAR = 10;

describe("any calendar of any zone, compared with walking minute by minute", () => {
  test(`${WEEKS * QUESTIONS_A_WEEK} questions about a week get the same answers`, () => {
    let asked = 0;
    fc.assert(
      fc.property(arbitraryWeek(QUESTIONS_A_WEEK), ({ calendar, window, questions }) => {
        asked += questions.length;
        expect(compareWithOracle(calendar, window, questions)).toBeUndefined();
      }),
      { numRuns: WEEKS },
    );
    expect(asked).toBeGreaterThanOrEqual(50_000);
  }, 240_000);

  test(`${YEARS * QUESTIONS_A_YEAR} questions about a year get the same answers`, () => {
    fc.assert(
      fc.property(arbitraryYear(QUESTIONS_A_YEAR), ({ calendar, window, questions }) => {
        expect(compareWithOracle(calendar, window, questions)).toBeUndefined();
      }),
      { numRuns: YEARS },
    );
  }, 240_000);
});
