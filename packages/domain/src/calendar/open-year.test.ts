import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstAtOrAbove, lastAtOrBelow, openMsBefore, openYear, totalOf } from "./open-year.ts";

function year(...stretches: [number, number][]) {
  return openYear(
    stretches.map(([opensMs, closesMs]) => ({ opensMs, closesMs })),
    100,
    200,
  );
}

function periodsOf({ opens, closes }: ReturnType<typeof openYear>) {
  return Array.from(opens, (opensMs, index) => [opensMs, closes[index]]);
}

describe("the open periods of a year that lasts from 100 to 200", () => {
  test.each<[string, [number, number][], [number, number][]]>([
    ["nothing", [], []],
    [
      "kept as they are",
      [
        [110, 120],
        [130, 140],
      ],
      [
        [110, 120],
        [130, 140],
      ],
    ],
    [
      "put in order",
      [
        [130, 140],
        [110, 120],
      ],
      [
        [110, 120],
        [130, 140],
      ],
    ],
    [
      "joined when they touch",
      [
        [110, 120],
        [120, 140],
      ],
      [[110, 140]],
    ],
    [
      "joined when they overlap",
      [
        [110, 125],
        [120, 140],
      ],
      [[110, 140]],
    ],
    [
      "joined when one holds the other",
      [
        [110, 150],
        [120, 140],
        [145, 155],
      ],
      [[110, 155]],
    ],
    [
      "apart by one",
      [
        [110, 120],
        [121, 140],
      ],
      [
        [110, 120],
        [121, 140],
      ],
    ],
    [
      "dropped when empty",
      [
        [110, 110],
        [130, 140],
      ],
      [[130, 140]],
    ],
    [
      "dropped when reversed",
      [
        [120, 110],
        [130, 140],
      ],
      [[130, 140]],
    ],
    ["cut at the beginning", [[90, 110]], [[100, 110]]],
    ["cut at the end", [[190, 210]], [[190, 200]]],
    ["cut at both", [[0, 300]], [[100, 200]]],
    ["outside before", [[80, 100]], []],
    ["outside after", [[200, 220]], []],
  ])("are %s", (_how, stretches, periods) => {
    const found = year(...stretches);
    expect(periodsOf(found)).toEqual(periods);
    expect(totalOf(found)).toBe(periods.reduce((sum, [opens, closes]) => sum + closes - opens, 0));
    expect(found.before).toHaveLength(periods.length + 1);
  });

  test("know how much is open before each moment", () => {
    const found = year([110, 120], [130, 140]);
    expect([...found.before]).toEqual([0, 10, 20]);
    expect([100, 110, 111, 120, 125, 130, 135, 140, 150, 200].map((at) => openMsBefore(found, at))).toEqual([
      0, 0, 1, 10, 10, 10, 15, 20, 20, 20,
    ]);
  });

  test("are none in a year that is closed", () => {
    expect([totalOf(year()), openMsBefore(year(), 150)]).toEqual([0, 0]);
  });
});

describe("looking a value up in sorted numbers", () => {
  test("finds what walking over them finds", () => {
    const sorted = fc
      .array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
      .map((numbers) => numbers.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, fc.integer({ min: -1, max: 31 }), (numbers, value) => {
        const values = Float64Array.from(numbers);
        const firstAbove = numbers.findIndex((number) => number >= value);
        expect(firstAtOrAbove(values, values.length, value)).toBe(firstAbove < 0 ? numbers.length : firstAbove);
        expect(lastAtOrBelow(values, values.length, value)).toBe(numbers.findLastIndex((number) => number <= value));
      }),
    );
  });

  test("looks no further than it is told", () => {
    const values = Float64Array.from([1, 2, 3]);
    expect(firstAtOrAbove(values, 2, 3)).toBe(2);
    expect(lastAtOrBelow(values, 2, 3)).toBe(1);
  });
});
