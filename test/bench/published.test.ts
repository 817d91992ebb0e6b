import { readFileSync } from "node:fs";
import { join } from "node:path";
import { functionSources } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { FUNCTIONS } from "./own-cpu.ts";

/** What a call of which is no figure of a warm call, with where it is told instead. */
const TOLD_APART = { "fold-cases": "What-if" } as const;

const PAGE = readFileSync(join(import.meta.dirname, "..", "..", "docs", "benchmarks.md"), "utf8");
const deployed = functionSources().map(({ name }) => name);

describe("what functions weigh and cost", () => {
  const rows = [...PAGE.matchAll(/^\| ([a-z]+(?:-[a-z]+)+) +\| +(\d+) \| +([\d.]+) \| +([\d.]+|–) \|$/gm)];

  test("is measured of each that is deployed, by a call of its own", () => {
    expect(deployed.length).toBeGreaterThan(25);
    expect([...Object.keys(FUNCTIONS), ...Object.keys(TOLD_APART)].toSorted()).toEqual(deployed.toSorted());
  });

  test("is published of each, and of no other", () => {
    expect(rows.map(([, name]) => name)).toEqual(deployed.toSorted());
  });

  test("has no figure left out that is not told elsewhere on the page", () => {
    const without = rows.filter(([, , , , cpu]) => cpu === "–").map(([, name]) => name);
    expect(without).toEqual(Object.keys(TOLD_APART));
    for (const chapter of Object.values(TOLD_APART)) expect(PAGE).toContain(`## ${chapter}`);
  });
});

describe("what a desk does", () => {
  test.each(["creates a second", "p50", "p95", "all done after the last answer", "processes", "resident"])(
    "is published: %s",
    (figure) => {
      expect(PAGE).toContain(figure);
    },
  );

  test.each(["43–54 creates a second", "done within 2.3 s", "0.6 s late", "15 processes"])(
    "is held against the sample: %s",
    (aim) => {
      expect(PAGE.slice(PAGE.indexOf("## Against the aims"))).toContain(aim);
    },
  );
});
