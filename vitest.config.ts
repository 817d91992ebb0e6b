import { defineConfig } from "vitest/config";

const SECOND_MS = 1_000;

/**
 * What takes seconds a file: laws over whatever may happen, every route with every kind of bad request, slow oracles,
 * templates that are synthesised, bundles, simulated days.
 */
const DEEP = [
  "{functions,packages}/**/*-laws.test.ts",
  "{functions,packages}/**/*.fuzz.test.ts",
  "functions/src/{bad-input,every-retry,field-fuzz}.test.ts",
  "functions/src/sla/rewrite-projections.test.ts",
  "functions/src/upkeep/healing.test.ts",
  "infra/src/bundle.test.ts",
  "packages/local/src/{main,processes}.test.ts",
  "test/calendar/**/*.test.ts",
  "test/client/chromium.test.ts",
  "test/cost/**/*.test.ts",
  "test/vectors/**/*.test.ts",
  "test/sla/**/*.test.ts",
  "test/infra/**/*.test.ts",
  "test/simulation/**/*.test.ts",
];

/** Journeys that wait for minutes, for healing or for a desk's hours; each group has a desk of its own. */
const WAITING = {
  "healing-journeys": ["test/journeys/killed-workers.test.ts", "test/journeys/restored-table.test.ts"],
  "moving-journeys": ["test/journeys/moving-house.test.ts", "test/journeys/clocks.test.ts"],
};

/** What every journey needs: one desk for all of a project, and what one file does to it no other finds half done. */
const ON_ONE_DESK = {
  globalSetup: ["test/journeys/start-desk.ts"],
  fileParallelism: false,
  testTimeout: 60 * SECOND_MS,
  hookTimeout: 120 * SECOND_MS,
};

/** The tests by what they cost: `unit` for the inner loop, `deep` beside it, journeys on the local cloud. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/**/*.test.ts",
            "functions/**/*.test.ts",
            "infra/**/*.test.ts",
            "scripts/*.test.mjs",
            "test/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "test/journeys/**", ...DEEP],
          // Modules are loaded once for all files of a worker, which halves the time: no unit test leaves anything behind.
          isolate: false,
          testTimeout: 30 * SECOND_MS,
          hookTimeout: 60 * SECOND_MS,
        },
      },
      {
        test: {
          name: "deep",
          include: DEEP,
          exclude: ["**/node_modules/**"],
          // Half of the time would go to loading the CDK again for each file.
          isolate: false,
          testTimeout: 120 * SECOND_MS,
          hookTimeout: 120 * SECOND_MS,
        },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...Object.values(WAITING).flat()],
          ...ON_ONE_DESK,
        },
      },
      ...Object.entries(WAITING).map(([name, include]) => ({ test: { name, include, ...ON_ONE_DESK } })),
    ],
    // All cores; by default one is left to whoever waits, and that is half of two.
    maxWorkers: "100%",
    teardownTimeout: 60 * SECOND_MS,
  },
});
