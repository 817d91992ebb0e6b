import fc from "fast-check";
import { expect, test } from "vitest";
import { lotsOf } from "./lots-of.ts";

test("lots hold everything once and in order, and only the last may be smaller", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (all, size) => {
      const lots = lotsOf(all, size);
      expect(lots.flat()).toEqual(all);
      expect(lots.slice(0, -1).every((lot) => lot.length === size)).toBe(true);
      expect(lots.every(({ length }) => length >= 1 && length <= size)).toBe(true);
    }),
  );
});
