import { type Mutant, mutant } from "./mutant.ts";

const COUNTED = "packages/domain/src/attainment/counted-cycles.ts";
const WRITES = "packages/store/src/attainment/outcome-writes.ts";
const CASES = "packages/store/src/cases/case-store.ts";

/** What becomes of promises, as a desk counts it with each change. */
export const ATTAINMENT_MUTANTS: readonly Mutant[] = [
  mutant(
    "attainment-outcome-not-kept",
    CASES,
    "...outcomes.flatMap(({ items }) => items.map((put) => ({ write: { put } }))),",
    "",
  ),
  mutant(
    "attainment-counted-twice",
    WRITES,
    "? countsOf(caseId, known.values(), -1) : []",
    "? countsOf(caseId, [...known.values()].slice(1), -1) : []",
  ),
  mutant("attainment-waived-is-met", COUNTED, '{ ...before, outcome: "waived" }', '{ ...before, outcome: "met" }'),
  mutant(
    "attainment-of-another-month",
    WRITES,
    "month: toIso(one.at).slice(0, MONTH_LENGTH)",
    'month: toIso(one.at).slice(0, MONTH_LENGTH - 2) + "01"',
  ),
  mutant("attainment-of-the-marked", COUNTED, 'const NOT_COUNTED = ["spam", "test"]', 'const NOT_COUNTED = ["test"]'),
  mutant(
    "attainment-reopened-stays-met",
    COUNTED,
    "if (!isBroken) outcomes.delete(key);",
    "if (isBroken) outcomes.delete(key);",
  ),
  mutant(
    "attainment-broken-then-met",
    COUNTED,
    "if (isBroken || wasBroken(current, fact)) return;",
    "if (isBroken && wasBroken(current, fact) && current.version < 0) return;",
  ),
];
