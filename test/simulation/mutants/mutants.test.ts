import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NEXT_VERSION } from "../code/next-version.ts";
import { MUTANTS, SOME_MUTANTS } from "./mutants.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const MUTANTS_MIN = 60;

function timesIn({ file, find }: { file: string; find: string }): number {
  return readFileSync(join(ROOT, file), "utf8").split(find).length - 1;
}

describe("mutants", () => {
  test("are many, and each is named once", () => {
    const names = MUTANTS.map(({ id }) => id);
    expect(names.length).toBeGreaterThanOrEqual(MUTANTS_MIN);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([...SOME_MUTANTS]));
  });

  test("each changes a place that the sources have exactly once", () => {
    const patches = [...MUTANTS.flatMap(({ id, patches }) => patches.map((patch) => ({ id, ...patch })))];
    const elsewhere = patches.filter((patch) => timesIn(patch) !== 1 || patch.find === patch.replace);
    expect(elsewhere.map(({ id }) => id)).toEqual([]);
  });

  test("are as many as docs/reliability.md says", () => {
    const page = readFileSync(join(ROOT, "docs", "reliability.md"), "utf8");
    expect(page).toContain(`in ${MUTANTS.length} ways;`);
    expect(page).toContain(`holds ${MUTANTS.length} mistakes`);
  });

  test("tomorrow's code is made of today's", () => {
    expect(NEXT_VERSION.map(timesIn)).toEqual(NEXT_VERSION.map(() => 1));
  });
});
