import type { Actor } from "../access/actor.ts";
import type { MessageId } from "../message/message.ts";
import type { Priority } from "../policy/policy.ts";
import { priorityOf, type Rulebook } from "../policy/rulebook.ts";
import { route } from "../routing/route.ts";
import type { Cycle, Segment } from "../sla/clock.ts";
import { isWatched } from "../sla/due.ts";
import { handOverClocks, retarget } from "../sla/retarget.ts";
import { settleBreaches } from "../sla/settle.ts";
import { promisedTo, segment, targetRule } from "../sla/target.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact } from "./facts.ts";

/** Gives a case another priority: its team and the dues of its running clocks follow (sla.md, Decisions). */
export function changePriority(
  current: Case,
  change: { to: string; reasonId?: MessageId | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.triageOwed || current.priority === undefined) return refuse("moved-on");
  if (current.priority === change.to) return refuse("same-priority");
  const from = priorityOf(rulebook.policy, current.priority);
  const to = priorityOf(rulebook.policy, change.to);
  if (to === undefined) {
    return refuse("unknown-priority", [{ path: "priority", message: "is no priority of this desk" }]);
  }

  const raised = from === undefined || to.rank < from.rank;
  const { team, facts: routing } = reroute(current, to, rulebook, now, by);
  const facts: Fact[] = [
    ...settleBreaches(current, rulebook, now, by),
    {
      type: "PriorityChanged",
      at: now,
      by,
      from: current.priority,
      to: to.code,
      ...(change.reasonId !== undefined && { reasonId: change.reasonId }),
    },
    ...routing,
  ];
  const next = applyAppend(current, facts, current.id);
  return [
    ...facts,
    ...next.clocks
      .filter(isWatched)
      .flatMap((cycle) => retargetByPriority(next, cycle, { to, raised, team }, rulebook, now, by)),
  ];
}

function reroute(current: Case, to: Priority, rulebook: Rulebook, now: Instant, by: Actor) {
  const routable = { priority: to.code, accountTeam: current.accountTeam, channel: current.channel };
  const { team, rule, nobodyOpen } = route(rulebook, routable, now);
  const facts: Fact[] = [];
  if (team !== current.team) {
    facts.push(
      { type: "CaseRouted", at: now, by, team, ruleId: rule.id, policyVersion: rulebook.policy.version },
      ...handOverClocks(current, team, settleBreaches(current, rulebook, now, by), rulebook, now, by),
    );
  }
  if (nobodyOpen && to.pages) facts.push({ type: "CoverageGapFound", at: now, by, team });
  return { team, facts };
}

/** Raised: the earlier of the old due and now + the new target. Lowered: the later of the old due and start + it. */
function retargetByPriority(
  current: Case,
  cycle: Cycle,
  change: { to: Priority; raised: boolean; team: string },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Fact[] {
  const priority = change.to.code;
  const rule = targetRule(rulebook.policy, cycle.metric, promisedTo({ ...current, priority }));
  if (rule === undefined) return [];

  const run: { combine: Segment["combine"]; measuredFrom: Instant } = change.raised
    ? { combine: "earlier", measuredFrom: now }
    : { combine: "later", measuredFrom: cycle.startedAt };
  const added = segment(rulebook, rule, { team: change.team, from: now, ...run, priority });
  const cause = change.raised ? "priority-raised" : "priority-lowered";
  return [retarget(current, cycle, added, cause, rulebook, now, by)];
}
