import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryAround } from "./arbitrary-questions.ts";
import { clockChanges } from "./clock-changes.ts";
import { compareWithOracle } from "./compare-with-oracle.ts";

const CALENDARS_A_CHANGE = 1;
const QUESTIONS_A_CALENDAR = 5;

describe("around every clock change of every zone from 2015 to 2040", () => {
  const changes = clockChanges(Intl.supportedValuesOf("timeZone"), Date.UTC(2015, 0, 1), Date.UTC(2040, 11, 31));

  test("there are changes to look at", () => {
    expect(changes.length).toBeGreaterThan(1_000);
  });

  test("the engine answers as walking minute by minute does", () => {
    const wrong = changes.flatMap(({ zone, atMs }) =>
      fc
        .sample(arbitraryAround(zone, atMs, QUESTIONS_A_CALENDAR), {
          numRuns: CALENDARS_A_CHANGE,
          seed: atMs / 1_000,
        })
        .flatMap(({ calendar, window, questions }) => {
          const disagreement = compareWithOracle(calendar, window, questions);
          return disagreement === undefined ? [] : [{ ...disagreement, calendar }];
        }),
    );
    expect(wrong).toEqual([]);
  }, 240_000);
});
