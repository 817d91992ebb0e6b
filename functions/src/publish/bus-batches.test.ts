import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUS_BYTES_MAX, BUS_ENTRIES_MAX } from "../runtime/bus-limits.ts";
import { busBatches, entryBytes } from "./bus-batches.ts";

function entry(bytes: number) {
  return { entry: { Source: "ithaca", DetailType: "CaseOpened", Detail: "x".repeat(bytes) } };
}

describe("when events are put in batches", () => {
  test("no batch is too long or too large, none is empty, and nothing is lost or moved", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: BUS_BYTES_MAX - 100 }), { maxLength: 40 }), (sizes) => {
        const entries = sizes.map(entry);
        const batches = busBatches(entries);
        expect(batches.flat()).toEqual(entries);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, one) => sum + entryBytes(one.entry), 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(BUS_ENTRIES_MAX);
          expect(bytes).toBeLessThanOrEqual(BUS_BYTES_MAX);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("bytes are counted, not characters", () => {
    expect(entryBytes({ Source: "a", DetailType: "b", Detail: "é" })).toBe(1 + 1 + 2 + 14);
  });
});
