import type { AnswerOf } from "@ithaca/contracts";
import type { Case, Instant } from "@ithaca/domain";

type CaseSummary = AnswerOf<"write-reply">["case"];

/** What every answer about a case says of it. */
export function summaryOf(current: Case, dueAt: Instant | undefined): CaseSummary {
  const { number, version, status, requestedPriority, tier, openedAt, changedAt } = current;
  return {
    number,
    version,
    status,
    requestedPriority,
    tier,
    openedAt,
    changedAt,
    ...(current.priority !== undefined && { priority: current.priority }),
    ...(current.team !== undefined && { team: current.team }),
    ...(current.assigneeId !== undefined && { assigneeId: current.assigneeId }),
    ...(dueAt !== undefined && { dueAt }),
  };
}
