import { routes } from "@ithaca/contracts";
import { Fact } from "@ithaca/domain";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleDesk } from "./code/bundle-desk.ts";
import { NEXT_VERSION } from "./code/next-version.ts";
import { TWICE_SIZE } from "./determinism.ts";
import { judge } from "./judge-mutants.ts";
import { mutantOf, SOME_MUTANTS } from "./mutants/mutants.ts";
import { twiceLine, violationsTold } from "./replay-line.ts";
import { runWorlds } from "./run-worlds.ts";
import type { WorldResult } from "./worker.ts";
import { OWN_STATUSES } from "./workload/lived-policy.ts";
import { synthesise } from "./world/deployed.ts";
import { FAULT_NAMES } from "./world/faults.ts";
import type { World } from "./worlds.ts";

/** A day of so many stories that everything happens that can, and everything goes wrong. */
const BUSY: World = { seed: 22, days: 1, stories: 200, calm: false };
/** A week, in which the whole region stops for 15 hours. */
const WEEK: World = { seed: 3, days: 7, stories: 40, calm: false };
/** A day on which processes end ten times as often as on others. */
const STORM: World = { seed: 9, days: 1, stories: 20, calm: false, stormy: true };
/** Each is lived through twice. In the worlds of 11 and 14 mistakes of the simulation once looked like broken laws. */
const TWICE: readonly World[] = [
  { ...TWICE_SIZE, seed: 2, calm: true },
  { ...TWICE_SIZE, seed: 11, calm: false },
  { ...TWICE_SIZE, seed: 14, calm: false },
];
const FACT_TYPES = Fact.def.options.flatMap((option) => [...option.def.shape.type.def.values]);
const WORKERS = 2;
const LONG_MS = 300_000;

/** All worlds on all cores at once, the longest first. */
const results: WorldResult[] = [];
const livedWith = ({ seed }: World) => results.filter((one) => one.seed === seed);
/** What a world broke, with the line that replays it: a failure begins with it. */
const brokenIn = (world: World) =>
  violationsTold(
    livedWith(world).flatMap(({ violations }) => violations),
    world,
  );
beforeAll(async () => {
  const bundle = await bundleDesk();
  const nextBundle = await bundleDesk(NEXT_VERSION);
  const shared = { bundle, nextBundle, deployed: synthesise(), untilViolation: false, without: [] };
  const waiting = [BUSY, WEEK, STORM, ...TWICE, ...TWICE].map((world) => ({ ...shared, ...world }));
  await runWorlds(
    WORKERS,
    () => waiting.shift(),
    (result) => results.push(result),
  );
}, LONG_MS);

describe("a busy day on which everything goes wrong that can, and what comes of it", () => {
  test("nothing is lost, doubled, missed, early, told to others or owed for ever", () => {
    const [lived] = livedWith(BUSY);
    expect(lived?.violations, brokenIn(BUSY)).toEqual([]);
    expect(Math.min(lived?.cases ?? 0, lived?.mails ?? 0, lived?.breaches ?? 0)).toBeGreaterThan(100);
    expect(FAULT_NAMES.filter((name) => lived?.faults[name] === 0)).toEqual(["region-outage"]);
  });

  test("nor in a week in which the whole region stops for 15 hours", () => {
    const [lived] = livedWith(WEEK);
    expect(lived?.violations, brokenIn(WEEK)).toEqual([]);
    expect(lived?.faults["region-outage"]).toBe(1);
  });

  test("nor in a storm, in which processes end ten times as often as calls are throttled", () => {
    const [lived] = livedWith(STORM);
    expect(lived?.violations, brokenIn(STORM)).toEqual([]);
    expect((lived?.faults.crash ?? 0) / (lived?.faults.throttled ?? 1)).toBeGreaterThan(5);
  });

  test("every status of the desk's own is given", () => {
    const [lived] = livedWith(BUSY);
    expect(lived?.ownStatuses.toSorted()).toEqual(OWN_STATUSES.map(({ code }) => code).toSorted());
  });

  test("every route is answered well and every type of fact is told", () => {
    const [lived] = livedWith(BUSY);
    expect(FACT_TYPES.length).toBeGreaterThan(30);
    expect(FACT_TYPES.filter((type) => lived?.facts[type] === undefined)).toEqual([]);
    expect(Object.keys(routes).filter((route) => lived?.routes[route] === undefined)).toEqual([]);
  });
});

describe("a seed", () => {
  test.each(TWICE)("gives the same history again, byte for byte, and nothing is violated: %o", (world) => {
    const lives = livedWith(world);
    expect(lives).toHaveLength(2);
    expect(
      lives.flatMap(({ violations }) => violations),
      brokenIn(world),
    ).toEqual([]);
    expect(new Set(lives.map(({ hash }) => hash)).size, twiceLine(world)).toBe(1);
  });

  test("gives another history than another seed", () => {
    expect(new Set(results.map(({ hash }) => hash)).size).toBe(TWICE.length + 3);
  });
});

describe("a mistake in the code", () => {
  test(
    "is caught, whatever part it is in",
    async () => {
      const verdicts = await judge(SOME_MUTANTS.map(mutantOf), WORKERS, () => undefined);
      expect(verdicts.filter(({ law }) => law === undefined)).toEqual([]);
      expect(verdicts).toHaveLength(SOME_MUTANTS.length);
      expect(verdicts.map(({ id, replay }) => replay?.endsWith(` --mutant ${id}`))).toEqual(verdicts.map(() => true));
    },
    LONG_MS,
  );
});
