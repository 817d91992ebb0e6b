import { type Mutant, mutant } from "./mutant.ts";

const AUTHORIZE = "packages/domain/src/access/authorize.ts";
const KEEP_RULES = "functions/src/rules/keep-rules.ts";

/** Versions of the policy that are made by the API. */
export const RULES_MUTANTS: readonly Mutant[] = [
  mutant("rules-by-anybody", AUTHORIZE, '"rules.apply": { agent: "manager",', '"rules.apply": { agent: "agent",'),
  mutant(
    "rules-from-now-on",
    KEEP_RULES,
    "const { inForceFrom = rules.soonest(at) } = body;",
    "const inForceFrom = rules.soonest(at);",
  ),
];
