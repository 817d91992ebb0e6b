import { caseIdOf, caseNumber, instant, RANDOM_NUMBERS } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timerName } from "./timer-name.ts";

describe("a timer's name", () => {
  test("says the epoch, the case, the second and the leg", () => {
    const wakeAt = instant(1_781_100_000_999);
    expect(timerName({ epoch: 1, caseId: caseIdOf(caseNumber(1, 0)), wakeAt, leg: 3 })).toBe(
      "1-100000006-1781100000-3",
    );
  });

  test("is one that Step Functions takes, whatever the case", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999 }),
        fc.integer({ min: 0, max: RANDOM_NUMBERS - 1 }),
        fc.integer({ min: 0, max: 7_258_118_399_999 }),
        fc.nat(),
        (epoch, random, at, leg) => {
          const caseId = caseIdOf(caseNumber(epoch, random));
          expect(timerName({ epoch, caseId, wakeAt: instant(at), leg })).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        },
      ),
    );
  });
});
