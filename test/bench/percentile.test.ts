import { describe, expect, test } from "vitest";
import { percentile } from "./percentile.ts";

describe("a percentile", () => {
  test.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
    [[7], 0.95, 7],
    [[1, 2], 0, 1],
  ])("of %j at %d is %d", (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  test("of nothing is no number", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
