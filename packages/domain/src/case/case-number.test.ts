import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaseNumber, caseIdOf, caseNumber, numberOf, RANDOM_NUMBERS, spokenNumber } from "./case-number.ts";

const numbers = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: RANDOM_NUMBERS - 1 }));

describe("a case number", () => {
  test("is nine digits in the first nine epochs, and valid in all", () => {
    fc.assert(
      fc.property(numbers, ([epoch, random]) => {
        const number = caseNumber(epoch, random);
        expect(number).toHaveLength(String(epoch).length + 8);
        expect(CaseNumber.safeParse(number).success).toBe(true);
        expect(numberOf(caseIdOf(number))).toBe(number);
      }),
    );
  });

  test("differs between epochs whatever the random part", () => {
    fc.assert(
      fc.property(numbers, numbers, ([epochA, a], [epochB, b]) => {
        fc.pre(epochA !== epochB || a !== b);
        expect(caseNumber(epochA, a)).not.toBe(caseNumber(epochB, b));
      }),
    );
  });

  test("with one digit mistyped is refused", () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), ([epoch, random], at, shift) => {
        const number = caseNumber(epoch, random);
        const wrong = String((Number(number[at]) + shift) % 10);
        expect(CaseNumber.safeParse(number.slice(0, at) + wrong + number.slice(at + 1)).success).toBe(false);
      }),
    );
  });

  test("with two neighbours swapped is refused", () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 7 }), ([epoch, random], at) => {
        const number = caseNumber(epoch, random);
        fc.pre(number[at] !== number[at + 1]);
        const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
        expect(CaseNumber.safeParse(swapped).success).toBe(false);
      }),
    );
  });

  test("is said in groups of three", () => {
    expect(spokenNumber("148203917")).toBe("148 203 917");
  });
});
