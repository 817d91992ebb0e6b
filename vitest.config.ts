import { defineConfig } from "vitest/config";

const SECOND_MS = 1_000;

/** What takes seconds a file: laws against slow oracles, templates that are synthesised, simulated days. */
const DEEP = [
  "test/calendar/**/*.test.ts",
  "test/cost/**/*.test.ts",
  "test/vectors/**/*.test.ts",
  "test/sla/**/*.test.ts",
  "test/infra/**/*.test.ts",
  "test/simulation/**/*.test.ts",
];

/** The tests by what they cost: `unit` for the inner loop, `deep` beside it, `journeys` on the local cloud. */
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
          testTimeout: 30 * SECOND_MS,
          hookTimeout: 60 * SECOND_MS,
        },
      },
      {
        test: {
          name: "deep",
          include: DEEP,
          testTimeout: 120 * SECOND_MS,
          hookTimeout: 120 * SECOND_MS,
        },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          globalSetup: ["test/journeys/start-desk.ts"],
          // One desk for all of them: what one file does to it, another must not find half done.
          fileParallelism: false,
          testTimeout: 60 * SECOND_MS,
          hookTimeout: 120 * SECOND_MS,
        },
      },
    ],
    teardownTimeout: 60 * SECOND_MS,
  },
});
