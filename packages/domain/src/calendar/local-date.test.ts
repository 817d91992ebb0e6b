import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfDay, dayNumber, weekdayOfDay } from "./local-date.ts";

describe("a date and its number of days since 1970", () => {
  test.each([
    ["1970-01-01", 0, 4],
    ["1969-12-31", -1, 3],
    ["1969-12-28", -4, 7],
    ["1970-01-05", 4, 1],
    ["1972-02-29", 789, 2],
    ["1999-12-31", 10_956, 5],
    ["2000-01-01", 10_957, 6],
    ["2000-02-29", 11_016, 2],
    ["2000-03-01", 11_017, 3],
    ["2026-11-26", 20_783, 4],
    ["2100-02-28", 47_540, 7],
    ["2100-03-01", 47_541, 1],
    ["2199-12-31", 84_005, 2],
    ["1600-02-29", -135_081, 2],
    ["0000-02-29", -719_469, 2],
    ["0000-01-01", -719_528, 6],
  ])("%s is day %i, ISO weekday %i", (date, day, weekday) => {
    expect(dayNumber(date)).toBe(day);
    expect(dateOfDay(day)).toBe(date);
    expect(weekdayOfDay(day)).toBe(weekday);
  });

  test("each day follows the one before, through all the leap years", () => {
    let day = dayNumber("1896-01-01");
    for (let year = 1896; year <= 2204; year += 1) {
      const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
      const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
      lengths.forEach((length, month) => {
        for (let of = 1; of <= length; of += 1) {
          const date = `${year}-${String(month + 1).padStart(2, "0")}-${String(of).padStart(2, "0")}`;
          if (dayNumber(date) !== day || dateOfDay(day) !== date) {
            expect({ date, day }).toEqual({ date: dateOfDay(day), day: dayNumber(date) });
          }
          day += 1;
        }
      });
    }
    expect(day).toBe(dayNumber("2205-01-01"));
  });

  test("number and date are each other's inverse", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 200_000 }), (day) => {
        expect(dayNumber(dateOfDay(day))).toBe(day);
        expect(weekdayOfDay(day + 1)).toBe((weekdayOfDay(day) % 7) + 1);
      }),
    );
  });
});
