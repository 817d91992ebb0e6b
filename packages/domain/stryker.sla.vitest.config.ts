import { defineConfig } from "vitest/config";

/**
 * What a mutation run of the clocks runs: the tests beside them, and those of the decisions that move them. Modules are
 * loaded once for all files, which is most of what a mutant costs. Laws over random lives are left out: they take four
 * times as long as all the others, for each mutant anew, and a rule should have a test that states it.
 */
export default defineConfig({
  test: {
    include: ["src/sla/*.test.ts", "src/case/*.test.ts"],
    exclude: ["src/case/*laws.test.ts"],
    isolate: false,
    fileParallelism: false,
  },
});
