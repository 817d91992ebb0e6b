import { describe, expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { FAULT_RATES, type FaultName, openFaults, stormOf } from "./faults.ts";

const OCCASIONS = 200_000;

/** The share of occasions on which a fault strikes. */
function shareOf(fault: FaultName, frequent: ReadonlySet<FaultName>): number {
  const faults = openFaults(() => true, new Set(), frequent);
  const chance = chanceOf(1, fault);
  for (let at = 0; at < OCCASIONS; at += 1) faults.strikes(fault, chance);
  return faults.counts[fault] / OCCASIONS;
}

describe("a storm", () => {
  test("is of six kinds of faults, the same for the same seed and others for others", () => {
    const storms = Array.from({ length: 20 }, (_, seed) => [...stormOf(seed)].sort().join(" "));
    expect(storms.map((one) => one.split(" ").length)).toEqual(storms.map(() => 6));
    expect(storms).toEqual(storms.map((_, seed) => [...stormOf(seed)].sort().join(" ")));
    expect(new Set(storms).size).toBe(storms.length);
  });

  test("makes a fault ten times as frequent, and no kind of it rarer", () => {
    expect(shareOf("crash", new Set()) / FAULT_RATES.crash).toBeCloseTo(1, 0);
    expect(shareOf("crash", new Set(["crash"])) / FAULT_RATES.crash).toBeCloseTo(10, 0);
    expect(shareOf("queue-doubled", new Set(["queue-doubled"]))).toBeCloseTo(0.2, 2);
    expect(shareOf("new-rules-unread", new Set(["new-rules-unread"]))).toBeCloseTo(FAULT_RATES["new-rules-unread"], 2);
  });

  test("leaves no kind of faults out that is rare: each is frequent in the world of some seed", () => {
    const frequent = new Set(Array.from({ length: 200 }, (_, seed) => [...stormOf(seed)]).flat());
    const always: readonly FaultName[] = ["clock-skewed", "outage", "region-outage", "deploy"];
    const often: readonly FaultName[] = ["new-rules-unread", "intake-without-rules"];
    expect([...frequent, ...always, ...often].sort()).toEqual(Object.keys(FAULT_RATES).sort());
  });

  test("is over when nothing goes wrong any more", () => {
    const faults = openFaults(() => false, new Set(), new Set(["crash"]));
    const chance = chanceOf(1, "calm");
    const struck = Array.from({ length: OCCASIONS }, () => faults.strikes("crash", chance));
    expect(struck).not.toContain(true);
  });
});
