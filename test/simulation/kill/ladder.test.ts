import { describe, expect, test } from "vitest";
import { type Death, openLadder } from "./ladder.ts";

/** Climbs as far as a function goes that makes so many calls; in some rounds it is not reached. */
function climb(calls: number, unreached: ReadonlySet<number> = new Set()) {
  const ladder = openLadder();
  const died: Death[] = [];
  for (let round = 0, next = ladder.next(); next !== undefined; round += 1, next = ladder.next()) {
    const dies = next.call <= calls && !unreached.has(round);
    if (dies) died.push(next);
    ladder.tell(dies);
  }
  return { died, deaths: ladder.deaths() };
}

describe("a function that is killed one call after the other", () => {
  test("dies before and after each of them, and at no other", () => {
    expect(climb(2)).toEqual({
      died: [
        { call: 1, afterwards: false },
        { call: 1, afterwards: true },
        { call: 2, afterwards: false },
        { call: 2, afterwards: true },
      ],
      deaths: 4,
    });
  });

  test("that is not reached for two rounds dies in the next at the same call", () => {
    expect(climb(5, new Set([3, 4])).died).toEqual(climb(5).died);
  });
});
