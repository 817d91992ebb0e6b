import type { Actor } from "../access/actor.ts";
import type { MessageId } from "../message/message.ts";
import { hasTeam, type Rulebook } from "../policy/rulebook.ts";
import { handOverClocks } from "../sla/retarget.ts";
import { settleBreaches } from "../sla/settle.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import type { Fact } from "./facts.ts";

/** Gives a case to an agent. */
export function assign(current: Case, assigneeId: string, now: Instant, by: Actor): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.assigneeId === assigneeId) return refuse("already-assigned");
  const previous = current.assigneeId !== undefined && { previousAssigneeId: current.assigneeId };
  return [{ type: "CaseAssigned", at: now, by, assigneeId, ...previous }];
}

/** Makes a case nobody's, so that its team sees it among those that are to be taken. */
export function release(current: Case, now: Instant, by: Actor): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.assigneeId === undefined) return refuse("not-assigned");
  return [{ type: "CaseReleased", at: now, by, previousAssigneeId: current.assigneeId }];
}

/** Gives a case to another team: nobody's there at first, its clocks on that team's hours from now on. */
export function handOver(
  current: Case,
  { team, reasonId }: { team: string; reasonId?: MessageId | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (!hasTeam(rulebook.policy, team)) {
    return refuse("unknown-team", [{ path: "team", message: "is no team of this desk" }]);
  }
  if (current.team === team) return refuse("already-assigned");

  const breaches = settleBreaches(current, rulebook, now, by);
  const facts: Fact[] = [
    ...breaches,
    {
      type: "CaseHandedOver",
      at: now,
      by,
      to: team,
      ...(current.team !== undefined && { from: current.team }),
      ...(reasonId !== undefined && { reasonId }),
    },
    ...handOverClocks(current, team, breaches, rulebook, now, by),
  ];
  if (current.assigneeId === undefined) return facts;
  return [...facts, { type: "CaseReleased", at: now, by, previousAssigneeId: current.assigneeId }];
}

/** Who works on a case beside its assignee: the whole list as it is to be. */
export function setCollaborators(current: Case, collaborators: readonly string[], now: Instant, by: Actor): Decision {
  const before = current.collaborators ?? [];
  const wanted = [...new Set(collaborators)];
  const added = wanted.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !wanted.includes(one));
  if (added.length === 0 && removed.length === 0) return [];
  return [{ type: "CollaboratorsChanged", at: now, by, added, removed }];
}
