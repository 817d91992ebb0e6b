import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalHash } from "./canonical-hash.ts";

/** The same JSON with the keys of each object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, part]) => [key, turned(part)] as const);
  return Object.fromEntries(entries.reverse());
}

describe("when a value is hashed", () => {
  test("the order of keys makes no difference", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalHash(turned(value))).toBe(canonicalHash(value));
      }),
    );
  });

  test("an absent field is like one that is undefined", () => {
    expect(canonicalHash({ a: 1, b: undefined })).toBe(canonicalHash({ a: 1 }));
  });

  test.each([
    [{ a: 1 }, { a: "1" }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    [{ a: { b: 1 } }, { a: { c: 1 } }],
  ])("%j is not %j", (one, other) => {
    expect(canonicalHash(one)).not.toBe(canonicalHash(other));
  });
});
