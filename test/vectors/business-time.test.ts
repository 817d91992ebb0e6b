import { readFileSync } from "node:fs";
import { runVectors } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { generateVectors, LONG_VECTORS, SEED, SHORT_VECTORS } from "./generate-vectors.ts";

const SAMPLE = 300;

describe("the published vectors of business time", () => {
  const lines = readFileSync(new URL("business-time.jsonl", import.meta.url), "utf8").trimEnd().split("\n");

  test("are more than five thousand, and the engine agrees with all", () => {
    expect(lines).toHaveLength(SHORT_VECTORS + LONG_VECTORS);
    expect(runVectors(lines)).toEqual({ checked: lines.length, disagreements: [], faults: [] });
  });

  test("are what the generator makes of its seed", () => {
    expect([...generateVectors(SEED, SAMPLE, 0)]).toEqual(lines.slice(0, SAMPLE));
  });

  test("ask for both operations, with clock changes, nights, overrides and long times among them", () => {
    const count = (text: string) => lines.filter((line) => line.includes(text)).length;
    const kinds = ['"op":"add"', '"op":"diff"', '"22:00","06:00"', '"24:00"', '"overrides"', '"minutes":0'];
    expect(kinds.filter((kind) => count(kind) < 50)).toEqual([]);
    expect(new Set(lines.map((line) => JSON.parse(line).calendar.tz)).size).toBeGreaterThan(300);
  });
});
