import type { Actor } from "../access/actor.ts";
import type { Priority } from "../policy/policy.ts";
import { priorityOf, type Rulebook } from "../policy/rulebook.ts";
import { route } from "../routing/route.ts";
import type { Cycle, Segment } from "../sla/clock.ts";
import { dueOf, isRunning } from "../sla/due.ts";
import { nameOf, settleBreaches } from "../sla/settle.ts";
import { segment, targetRule } from "../sla/target.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import type { Fact } from "./facts.ts";

/** Gives a case another priority: its team and the dues of its running clocks follow (sla.md, Decisions). */
export function changePriority(
  current: Case,
  change: { to: string; reason?: string | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (current.triageOwed || current.priority === undefined) return refuse("moved-on");
  if (current.priority === change.to) return refuse("same-priority");
  const from = priorityOf(rulebook.policy, current.priority);
  const to = priorityOf(rulebook.policy, change.to);
  if (to === undefined) return refuse("unknown-priority");

  const breaches = settleBreaches(current, rulebook, now, by);
  const breached = (cycle: Cycle) =>
    cycle.breachedAt !== undefined ||
    breaches.some((breach) => breach.metric === cycle.metric && breach.cycle === cycle.number);
  const raised = from === undefined || to.rank < from.rank;
  const { team, facts: routing } = reroute(current, to, rulebook, now, by);

  return [
    ...breaches,
    {
      type: "PriorityChanged",
      at: now,
      by,
      from: current.priority,
      to: to.code,
      ...(change.reason !== undefined && { reason: change.reason }),
    },
    ...routing,
    ...current.clocks
      .filter((cycle) => isRunning(cycle) && !breached(cycle))
      .flatMap((cycle) => retarget(current, cycle, { to, raised, team }, rulebook, now, by)),
  ];
}

function reroute(current: Case, to: Priority, rulebook: Rulebook, now: Instant, by: Actor) {
  const routable = { priority: to.code, accountTeam: current.accountTeam, channel: current.channel };
  const { team, rule, nobodyOpen } = route(rulebook, routable, now);
  const facts: Fact[] = [];
  if (team !== current.team) {
    facts.push({ type: "CaseRouted", at: now, by, team, ruleId: rule.id, policyVersion: rulebook.policy.version });
  }
  if (nobodyOpen && to.pages) facts.push({ type: "CoverageGapFound", at: now, by, team });
  return { team, facts };
}

/** Raised: the earlier of the old due and now + the new target. Lowered: the later of the old due and start + it. */
function retarget(
  current: Case,
  cycle: Cycle,
  change: { to: Priority; raised: boolean; team: string },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Fact[] {
  const { channel, accountId, product } = current;
  const promised = { priority: change.to.code, channel, accountId, product, package: current.package };
  const rule = targetRule(rulebook.policy, cycle.metric, promised);
  if (rule === undefined) return [];

  const run: { combine: Segment["combine"]; measuredFrom: Instant } = change.raised
    ? { combine: "earlier", measuredFrom: now }
    : { combine: "later", measuredFrom: cycle.startedAt };
  const added = segment(rulebook, rule, { team: change.team, from: now, ...run });
  return [
    {
      type: "ClockRetargeted",
      at: now,
      by,
      ...nameOf(cycle),
      cause: change.raised ? "priority-raised" : "priority-lowered",
      dueBefore: dueOf(rulebook, cycle.segments).dueAt,
      dueAt: dueOf(rulebook, [...cycle.segments, added]).dueAt,
      segment: added,
    },
  ];
}
