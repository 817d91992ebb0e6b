import { type Mutant, mutant } from "./mutant.ts";

const DUE = "packages/domain/src/sla/due.ts";

/** Mistakes that the simulation, or a reading for its sake, found in the code once, made again (docs/reliability.md). */
export const FOUND_MUTANTS: readonly Mutant[] = [
  mutant(
    "clock-that-stands-is-woken",
    DUE,
    "if (found.dueAt === undefined) return undefined;",
    "if (found.dueAt === undefined) return warningsOf(rulebook, found).find((due) => !isTold(cycle, due))?.at;",
  ),
  mutant(
    "hand-over-puts-on-team-hours",
    "packages/domain/src/sla/retarget.ts",
    "...(isMeasured && { calendar: { id, version } }),",
    "calendar: { id, version },",
  ),
  mutant(
    "explanation-of-the-cancelled",
    DUE,
    'if (outcome === "cancelled" && endedAt !== undefined) {',
    'if (outcome === "cancelled" && endedAt === undefined) {',
  ),
  mutant(
    "projection-sweep-gives-way",
    "functions/src/sla/rewrite-projections.ts",
    "if (!isWritten) return await rewrite(caseId, epoch, ports, triesLeft - 1);",
    "if (!isWritten) return;",
  ),
];
