import { defineConfig } from "vitest/config";

/**
 * What a mutation run of the clocks runs: the tests beside them, and those of the decisions that move them. Modules are
 * loaded once for all files, which is most of what a mutant costs.
 */
export default defineConfig({
  test: { include: ["src/sla/*.test.ts", "src/case/*.test.ts"], isolate: false, fileParallelism: false },
});
