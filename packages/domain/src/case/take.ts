import type { Actor } from "../access/actor.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";

/** An agent makes a case their own, from nobody or from a colleague. */
export function take(current: Case, assigneeId: string, now: Instant, by: Actor): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.assigneeId === assigneeId) return refuse("already-assigned");
  return [
    {
      type: "CaseTaken",
      at: now,
      by,
      assigneeId,
      ...(current.assigneeId !== undefined && { previousAssigneeId: current.assigneeId }),
    },
  ];
}
