import { type Mutant, mutant } from "./mutant.ts";

const CASES = "packages/store/src/cases/case-store.ts";

/** What becomes of promises, as a desk counts it with each change. */
export const ATTAINMENT_MUTANTS: readonly Mutant[] = [
  mutant(
    "attainment-outcome-not-kept",
    CASES,
    "...outcomes.flatMap(({ items }) => items.map((put) => ({ write: { put } }))),",
    "",
  ),
];
