import { type Mutant, mutant } from "./mutant.ts";

const FOLD = "functions/src/what-if/fold-cases.ts";
const WHAT_IF = "packages/domain/src/what-if";

/** What other rules would have done, page by page. */
export const PREVIEW_MUTANTS: readonly Mutant[] = [
  mutant("preview-forgets-a-page", FOLD, "structuredClone(before.summary)", "emptySummary()"),
  mutant(
    "preview-the-other-way-round",
    `${WHAT_IF}/preview-case.ts`,
    "[alwaysInForce(inForce), proposedRules(inForce, proposal)]",
    "[proposedRules(inForce, proposal), alwaysInForce(inForce)]",
  ),
  mutant("what-if-keeps-what-was-broken", `${WHAT_IF}/append-anew.ts`, '"ClockBreached",\n', ""),
  mutant("what-if-breaks-nothing", `${WHAT_IF}/replay-case.ts`, "    settle(until);\n", ""),
];
