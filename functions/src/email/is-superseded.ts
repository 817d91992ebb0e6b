import { CATEGORY_OF, type Case, type Cycle, type FactType, isRunning } from "@ithaca/domain";
import type { MailIntent, WarningNotice } from "./mail-intent.ts";

/** What acknowledges a page: somebody took the case, answered it, or ended it. */
const ACKNOWLEDGING: ReadonlySet<FactType> = new Set(["CaseTaken", "ReplyWritten", "CallConnected", "CaseResolved"]);

/**
 * Whether a mail has nothing to say any more: the case is past what it would tell. `since` are the types of the facts that
 * came after the mail was owed: whoever had the case before a page was owed knows nothing of it.
 */
export function isSuperseded(intent: MailIntent, current: Case, since: readonly FactType[]): boolean {
  switch (intent.template) {
    case "warning":
      return !current.clocks.some(
        (cycle) => isMeant(cycle, intent) && isRunning(cycle) && cycle.breachedAt === undefined,
      );
    // Taken back, or merged into yet another case since.
    case "merged":
      return current.mergedInto?.caseId !== intent.otherCaseId;
    // Merged back.
    case "split":
      return current.mergedInto !== undefined;
    case "on-call-page":
      return CATEGORY_OF[current.status] === "done" || since.some((type) => ACKNOWLEDGING.has(type));
    default:
      return false;
  }
}

/** A warning that older code owed does not say which cycle it is of. */
function isMeant({ metric, number }: Cycle, intent: WarningNotice): boolean {
  return metric === intent.metric && number === (intent.cycle ?? number);
}
