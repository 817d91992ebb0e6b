import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { intervalMinutes, OpeningInterval, totalMinutes, withoutMinutes } from "./opening-interval.ts";

describe("opening hours on a wall clock", () => {
  test.each<[OpeningInterval, number, number]>([
    [["08:00", "20:00"], 480, 1_200],
    [["00:00", "24:00"], 0, 1_440],
    [["22:00", "06:00"], 1_320, 1_800],
    [["20:00", "00:00"], 1_200, 1_440],
    [["08:00", "08:00"], 480, 1_920],
  ])("%j are minutes %i to %i", (interval, opens, closes) => {
    expect(z.parse(OpeningInterval, interval)).toEqual(interval);
    expect(intervalMinutes(interval)).toEqual({ opens, closes });
  });

  test("add up over a day, however they are split", () => {
    expect(totalMinutes([])).toBe(0);
    expect(
      totalMinutes([
        ["08:00", "12:00"],
        ["13:00", "20:00"],
        ["22:00", "01:00"],
      ]),
    ).toBe(840);
  });
});

describe("hours of which a part of the day is taken out", () => {
  test.each<[string, OpeningInterval[], number, number, OpeningInterval[]]>([
    ["the afternoon", [["08:00", "20:00"]], 720, 1_440, [["08:00", "12:00"]]],
    ["the morning", [["08:00", "20:00"]], 0, 720, [["12:00", "20:00"]]],
    [
      "the middle",
      [["08:00", "20:00"]],
      720,
      780,
      [
        ["08:00", "12:00"],
        ["13:00", "20:00"],
      ],
    ],
    ["nothing of them", [["08:00", "12:00"]], 720, 1_440, [["08:00", "12:00"]]],
    ["nothing, after it", [["12:00", "20:00"]], 0, 720, [["12:00", "20:00"]]],
    ["all of them", [["08:00", "20:00"]], 480, 1_200, []],
    ["the evening of a night", [["22:00", "06:00"]], 0, 1_380, [["23:00", "06:00"]]],
    ["a night from its beginning on", [["22:00", "06:00"]], 720, 1_440, []],
    ["up to midnight", [["20:00", "24:00"]], 1_260, 1_440, [["20:00", "21:00"]]],
    [
      "the noon of hours that end at midnight",
      [["08:00", "24:00"]],
      720,
      780,
      [
        ["08:00", "12:00"],
        ["13:00", "24:00"],
      ],
    ],
  ])("%s", (_what, intervals, from, until, left) => {
    expect(withoutMinutes(intervals, from, until)).toEqual(left);
  });
});
