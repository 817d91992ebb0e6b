import type { AnswerOf } from "@ithaca/contracts";
import type { Case, Instant } from "@ithaca/domain";
import type { Names } from "./names.ts";

type CaseSummary = AnswerOf<"write-reply">["case"];

/** What of a case its summary is made of. */
type Summed = Pick<
  Case,
  | "number"
  | "version"
  | "status"
  | "ownStatus"
  | "priority"
  | "requestedPriority"
  | "team"
  | "assigneeId"
  | "tier"
  | "openedAt"
  | "changedAt"
>;

/** What every answer about a case says of it; its agent by name, if `names` has one. */
export function summaryOf(current: Summed, dueAt: Instant | undefined, names: Names): CaseSummary {
  const { number, version, status, requestedPriority, tier, openedAt, changedAt, assigneeId } = current;
  const name = assigneeId === undefined ? undefined : names.get(assigneeId);
  return {
    number,
    version,
    status,
    requestedPriority,
    tier,
    openedAt,
    changedAt,
    ...(current.ownStatus !== undefined && { ownStatus: current.ownStatus }),
    ...(current.priority !== undefined && { priority: current.priority }),
    ...(current.team !== undefined && { team: current.team }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(assigneeId !== undefined && name !== undefined && { assignee: { id: assigneeId, name } }),
    ...(dueAt !== undefined && { dueAt }),
  };
}
