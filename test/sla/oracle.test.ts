import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryHistory, historyText } from "./arbitrary-history.ts";
import { disagreements } from "./compare.ts";
import { live } from "./live.ts";

const HISTORIES = 20_000;
const SEED = 7;

describe("the clocks of a case, whatever happens to it", () => {
  test(`are as walking minute by minute over ${HISTORIES} histories has them`, () => {
    const seen = new Map<string, number>();
    const found = fc.check(
      fc.property(arbitraryHistory, (history) => {
        const lived = live(history);
        for (const { type } of lived.facts) seen.set(type, (seen.get(type) ?? 0) + 1);
        return disagreements(history, lived).length === 0;
      }),
      { numRuns: HISTORIES, seed: SEED },
    );
    const [example] = found.counterexample ?? [];
    expect(example && `${historyText(example)}\n${JSON.stringify(disagreements(example), null, 1)}`).toBeUndefined();
    for (const type of ["ClockBreached", "ClockRetargeted", "ClockReopened", "ClockCancelled", "ClockStopped"]) {
      expect([type, (seen.get(type) ?? 0) > HISTORIES / 100]).toEqual([type, true]);
    }
  });
});
