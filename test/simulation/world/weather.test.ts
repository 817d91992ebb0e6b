import { DAY_MS, HOUR_MS } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { isWholeRegional, openWeather, outagesOf, SERVICES } from "./weather.ts";

const START = Date.UTC(2026, 10, 2);
const outagesIn = (seed: number, days: number) => outagesOf(chanceOf(seed, "outages"), START, START + days * DAY_MS);
const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

describe("outages", () => {
  test("in a week the whole region stops once for 15 hours, before anything else does", () => {
    for (const seed of SEEDS) {
      const [first] = outagesIn(seed, 7);
      expect(first?.services).toEqual(SERVICES);
      expect((first?.until ?? 0) - (first?.from ?? 0)).toBe(15 * HOUR_MS);
    }
  });

  test("in less than a week that is nobody's fate but by chance", () => {
    expect(SEEDS.flatMap((seed) => outagesIn(seed, 6)).filter(isWholeRegional)).toEqual([]);
  });

  test("come one after the other, and end with what goes wrong", () => {
    for (const seed of SEEDS) {
      const outages = outagesIn(seed, 28);
      expect(outages.length).toBeGreaterThan(3);
      outages.slice(1).forEach(({ from }, at) => {
        expect(from).toBeGreaterThan(outages[at]?.until ?? from);
      });
      expect(outages.at(-1)?.until).toBeLessThanOrEqual(START + 28 * DAY_MS);
    }
  });
});

describe("the weather", () => {
  test("tells what is down, until when, and for how long it was", () => {
    let now = START + HOUR_MS;
    const outage = { from: START, until: START + 3 * HOUR_MS, services: ["bus"] as const };
    const weather = openWeather([outage], () => now);
    expect([weather.isDown("bus"), weather.isDown("mail")]).toEqual([true, false]);
    expect([weather.upAt("bus"), weather.upAt("mail")]).toEqual([outage.until, now]);
    expect(weather.downBetween(now, now + DAY_MS, ["bus", "table"])).toBe(2 * HOUR_MS);
    now = outage.until;
    expect(weather.isDown("bus")).toBe(false);
  });
});
