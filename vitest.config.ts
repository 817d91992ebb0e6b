import { defineConfig } from "vitest/config";

const SECOND_MS = 1_000;

/** Two kinds of tests by their cost: those that need this process alone, and those that need the local cloud. */
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
          exclude: ["**/node_modules/**", "test/journeys/**", "test/bench/**"],
          testTimeout: 30 * SECOND_MS,
          hookTimeout: 60 * SECOND_MS,
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
