import { CATEGORY_OF, MINUTE_MS, project, type Rulebook, SECOND_MS } from "@ithaca/domain";
import type { CaseHistory } from "./history.ts";

/** How long after a change of the rules the sweep has looked twice at what they moved, when nothing is in the way. */
export const SWEPT_MS = 30 * MINUTE_MS;
export const SWEEP = "rewrite-projections";
/** So long after it saw the change the sweep looks again: nobody goes by the old rules any longer. Two clocks differ by the most. */
const LOOKS_AGAIN_MS = 22 * MINUTE_MS + 10 * SECOND_MS;
/**
 * What is written in the first of these minutes after a change every index shows to the second look, and what is written
 * after the last of them is by the new rules. In between a case may be written by old ones, and be listed where it was.
 */
const SHOWN_UNTIL_MS = 19 * MINUTE_MS;
const NEW_FROM_MS = 22 * MINUTE_MS;

interface SweepWorld {
  readonly rulebooks: () => readonly Rulebook[];
  /** When another version of a calendar or of the policy was last put: that moves dues, and not that it comes into force. */
  readonly rulesPutAt: () => number;
  readonly cases: () => Iterable<CaseHistory>;
  readonly violated: (law: string, what: string) => void;
}

/** Law 3: a due that a change of the rules moved is the one that lists and timers go by, once the sweep looked twice. */
export function openSweepLaw({ rulebooks, rulesPutAt, cases, violated }: SweepWorld) {
  /** The last change that the sweep is known to have seen, since when, and whether its second look is through. */
  let seen = { moved: 0, at: 0, isSwept: true };

  function isAsTheRulesSay({ state, projection, writtenAt }: CaseHistory, moved: number): boolean {
    const rulebook = rulebooks().at(-1);
    if (rulebook === undefined || state.triageOwed || CATEGORY_OF[state.status] === "done") return true;
    if (writtenAt > moved + SHOWN_UNTIL_MS && writtenAt < moved + NEW_FROM_MS) return true;
    return project(state, rulebook).dueAt === projection.dueAt;
  }

  return {
    /**
     * Told of each run of the sweep in which nothing went wrong. The first after a change has seen it, and one that began
     * when it was time to look again ends the second look: then all must be as the rules say, whoever wrote it.
     */
    onUndisturbedRun(startedAt: number, endedAt: number): void {
      const moved = rulesPutAt();
      if (startedAt <= moved) return;
      if (moved !== seen.moved) seen = { moved, at: endedAt, isSwept: false };
      if (seen.isSwept || startedAt < seen.at + LOOKS_AGAIN_MS) return;
      seen.isSwept = true;
      for (const one of cases()) {
        if (isAsTheRulesSay(one, moved)) continue;
        const { caseId, writtenBy, writtenAt } = one;
        violated(
          "sweep",
          `${caseId}, written by ${writtenBy} at ${new Date(writtenAt).toISOString()}, is not due as the rules say that changed at ${new Date(moved).toISOString()}`,
        );
      }
    },
  };
}
