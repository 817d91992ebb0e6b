import { type Mutant, mutant } from "./mutant.ts";

const TRIAGE = "packages/domain/src/case/triage.ts";
const BELIEVE = "packages/domain/src/case/believe-sender.ts";
const TRIAGE_CASE = "functions/src/triage/triage-case.ts";

/** Triage of cases that were opened without rules. */
export const TRIAGE_MUTANTS: readonly Mutant[] = [
  mutant("triage-believes-nobody", TRIAGE, "unjudged === undefined ? {} :", "unjudged !== null ? {} :"),
  mutant("triage-believes-any-channel", BELIEVE, "if (channel?.vouchesForSender !== true) return {};", ""),
  mutant("triage-takes-anybody-for-known", TRIAGE_CASE, "known: person?.known === true", "known: person !== null"),
  mutant(
    "triage-forgets-the-account",
    TRIAGE_CASE,
    "claimedAccountId === undefined ? undefined : directory.account(claimedAccountId)",
    "undefined",
  ),
  mutant(
    "triage-counts-from-now",
    TRIAGE,
    "      receivedAt,\n      accountTeam,",
    "      receivedAt: now,\n      accountTeam,",
  ),
];
