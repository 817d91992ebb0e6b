import { ATTAINMENT_MUTANTS } from "./attainment-mutants.ts";
import { COMBINE_MUTANTS } from "./combine-mutants.ts";
import { DOMAIN_MUTANTS } from "./domain-mutants.ts";
import { FOUND_MUTANTS } from "./found-mutants.ts";
import { FUNCTION_MUTANTS } from "./function-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { OWN_STATUS_MUTANTS } from "./own-status-mutants.ts";
import { PREVIEW_MUTANTS } from "./preview-mutants.ts";
import { RULES_MUTANTS } from "./rules-mutants.ts";
import { SLA_MUTANTS } from "./sla-mutants.ts";
import { STORE_MUTANTS } from "./store-mutants.ts";
import { TASK_MUTANTS } from "./task-mutants.ts";
import { TRIAGE_MUTANTS } from "./triage-mutants.ts";

/** Every mutant; the simulation must catch each. */
export const MUTANTS: readonly Mutant[] = [
  ...STORE_MUTANTS,
  ...FUNCTION_MUTANTS,
  ...DOMAIN_MUTANTS,
  ...SLA_MUTANTS,
  ...COMBINE_MUTANTS,
  ...ATTAINMENT_MUTANTS,
  ...TRIAGE_MUTANTS,
  ...PREVIEW_MUTANTS,
  ...FOUND_MUTANTS,
  ...OWN_STATUS_MUTANTS,
  ...TASK_MUTANTS,
  ...RULES_MUTANTS,
];

/** One of each kind, for npm test. */
export const SOME_MUTANTS = [
  "fence-no-version",
  "deduplication-no-claims",
  "reconciler-wake-ups-unseen",
  "clock-breach-at-the-due",
  "authorization-any-account",
  "notice-sent-twice",
] as const;

/** Throws when there is none. */
export function mutantOf(id: string): Mutant {
  const found = MUTANTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no mutant ${id}: ${MUTANTS.map((one) => one.id).join(", ")}`);
  return found;
}
