import { CATEGORY_OF, project, type Rulebook } from "@ithaca/domain";
import type { CaseHistory } from "./history.ts";

/** How long after a change of the rules the sweep has looked twice at what they moved, when nothing is in the way. */
export const SWEPT_MS = 30 * 60_000;
export const SWEEP = "rewrite-projections";

interface SweepWorld {
  readonly rulebooks: () => readonly Rulebook[];
  readonly rulesChangedAt: () => number;
  readonly cases: () => Iterable<CaseHistory>;
  /** How much longer it may take, for what went wrong with the sweep between two instants. */
  readonly allowanceMs: (from: number, until: number) => number;
  readonly violated: (law: string, what: string) => void;
}

/** Law 3: a due that a change of the rules moved is the one that lists and timers go by, within a bound. */
export function openSweepLaw({ rulebooks, rulesChangedAt, cases, allowanceMs, violated }: SweepWorld) {
  let checked = 0;
  let changes = 0;

  function isAsTheRulesSay({ state, projection, writtenAt, writtenBy }: CaseHistory, moved: number): boolean {
    const rulebook = rulebooks().at(-1);
    if (rulebook === undefined || state.triageOwed || CATEGORY_OF[state.status] === "done") return true;
    // Whoever wrote it since went by rules that the law of projections knows.
    if (writtenAt > moved && writtenBy !== SWEEP) return true;
    return project(state, rulebook).dueAt === projection.dueAt;
  }

  return {
    /** How many changes of the rules were swept for in time. */
    changes: () => changes,
    /** Asked at each run of the sweep: once it had its time for the last change of the rules, all must be as they say. */
    onRun(now: number): void {
      const moved = rulesChangedAt();
      if (moved === checked || now < moved + SWEPT_MS + allowanceMs(moved, now)) return;
      checked = moved;
      changes += 1;
      for (const one of cases()) {
        if (isAsTheRulesSay(one, moved)) continue;
        const { caseId, writtenBy, writtenAt } = one;
        violated(
          "sweep",
          `${caseId}, written by ${writtenBy} at ${new Date(writtenAt).toISOString()}, is still due as before the rules changed at ${new Date(moved).toISOString()}`,
        );
      }
    },
  };
}
