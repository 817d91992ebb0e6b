import { defineConfig } from "vitest/config";

/** What a mutation run of business time runs: the tests beside its code. */
export default defineConfig({ test: { include: ["src/calendar/*.test.ts"] } });
