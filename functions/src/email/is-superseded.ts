import { CATEGORY_OF, type Case, isRunning } from "@ithaca/domain";
import type { MailIntent } from "./mail-intent.ts";

/** Whether a mail has nothing to say any more: the case as it is now is past what it would tell. */
export function isSuperseded(intent: MailIntent, current: Case): boolean {
  switch (intent.template) {
    case "warning":
      return !current.clocks.some(
        (cycle) => cycle.metric === intent.metric && isRunning(cycle) && cycle.breachedAt === undefined,
      );
    case "on-call-page":
      return (
        CATEGORY_OF[current.status] === "done" ||
        current.assigneeId !== undefined ||
        current.firstAnsweredAt !== undefined
      );
    default:
      return false;
  }
}
