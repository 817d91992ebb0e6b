import { type Mutant, mutant } from "./mutant.ts";

const CASE = "packages/domain/src/case";
const VIEWS = "functions/src/cases";

/** Statuses of a desk's own: what they are like, how they are given, how they end, and who sees them. */
export const OWN_STATUS_MUTANTS: readonly Mutant[] = [
  mutant(
    "own-status-pauses-nothing",
    `${CASE}/own-status.ts`,
    "return own && { like: own.like, ownStatus: own.code };",
    'return own && { like: own.like === "waiting-on-fix" ? "open" : own.like, ownStatus: own.code };',
  ),
  mutant(
    "own-status-that-there-is-not",
    `${CASE}/own-status.ts`,
    "return own && { like: own.like, ownStatus: own.code };",
    'return { like: own?.like ?? "open", ownStatus: code };',
  ),
  mutant(
    "own-status-resolves-by-the-way",
    `${CASE}/change-status.ts`,
    'if (to === "resolved") {',
    'if (to === "resolved" && ownStatus === undefined) {',
  ),
  mutant(
    "own-status-outlives-its-status",
    `${CASE}/evolve.ts`,
    'if (changed.status !== undefined && !("ownStatus" in changed)) draft.ownStatus = undefined;',
    "",
  ),
  mutant(
    "own-status-lost-in-a-merge",
    `${CASE}/evolve-combined.ts`,
    "ownStatus: current.mergedInto?.ownStatusBefore,",
    "ownStatus: undefined,",
  ),
  mutant(
    "own-status-told-to-customers",
    `${VIEWS}/read-case.ts`,
    "internal ? current : { ...current, ownStatus: undefined }",
    "current",
  ),
  mutant(
    "own-status-told-to-nobody",
    `${VIEWS}/case-summary.ts`,
    "...(current.ownStatus !== undefined && { ownStatus: current.ownStatus }),",
    "",
  ),
];
