import type { Calendar } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { describeHours } from "./describe-hours.ts";

function week(hours: Calendar["week"]): string {
  return describeHours({ id: "x", version: 1, name: "X", zone: "Europe/Paris", week: hours, holidays: [] });
}

describe("a week in words", () => {
  test.each<[string, Calendar["week"], string]>([
    [
      "one stretch of days",
      { "1": [["08:00", "20:00"]], "2": [["08:00", "20:00"]], "3": [["08:00", "20:00"]] },
      "Monday to Wednesday 08:00–20:00 (Europe/Paris)",
    ],
    [
      "a lunch break and a short Saturday",
      {
        "4": [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
        "5": [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
        "6": [["10:00", "12:00"]],
      },
      "Thursday and Friday 09:00–12:00 and 13:00–17:00, Saturday 10:00–12:00 (Europe/Paris)",
    ],
    [
      "a closed day between",
      { "1": [["08:00", "12:00"]], "3": [["08:00", "12:00"]] },
      "Monday 08:00–12:00, Wednesday 08:00–12:00 (Europe/Paris)",
    ],
    ["a week without hours", {}, "by arrangement"],
  ])("%s", (_situation, hours, expected) => {
    expect(week(hours)).toBe(expected);
  });
});
