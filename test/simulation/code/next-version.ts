import type { Patch } from "./patch.ts";

/** The code of tomorrow, for a deploy: it opens cases of a newer schema, which today's code must not write over. */
export const NEXT_VERSION: readonly Patch[] = [
  {
    file: "packages/domain/src/case/case.ts",
    find: "export const CASE_SCHEMA = ",
    replace: "export const CASE_SCHEMA = 1_000 + ",
  },
];
