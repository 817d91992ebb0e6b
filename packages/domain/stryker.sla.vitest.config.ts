import { defineConfig } from "vitest/config";

/** What a mutation run of the clocks runs: the tests beside them, and those of the decisions that move them. */
export default defineConfig({ test: { include: ["src/sla/*.test.ts", "src/case/*.test.ts"] } });
