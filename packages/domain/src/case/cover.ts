import type { Actor } from "../access/actor.ts";
import { HorizonReached } from "../calendar/horizon.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import { isOpen, nextClosing, nextOpening, previousClosing } from "../calendar/opening.ts";
import { priorityOf, type Rulebook } from "../policy/rulebook.ts";
import { type Routing, route, teamCalendar } from "../routing/route.ts";
import { handOverClocks } from "../sla/retarget.ts";
import { isRunning } from "../sla/running.ts";
import { settleBreaches } from "../sla/settle.ts";
import { earlier, type Instant } from "../time/instant.ts";
import type { Case } from "./case.ts";
import type { Fact } from "./facts.ts";

/**
 * An unanswered case that pages belongs to a team that is open (support-policy.md, Who gets a critical case): when its
 * own is closed it is handed over to the one that is open, and its clocks run on; when none is, that is recorded once for
 * each such gap, so that on-call is told, and the first team to open takes it over.
 */
export function cover(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const { assigneeId } = current;
  const wrong = wrongCover(current, rulebook, now);
  if (wrong === undefined) return [];
  if (wrong.routing.nobodyOpen) return [{ type: "CoverageGapFound", at: now, by, team: wrong.team }];

  const { team: next, rule } = wrong.routing;
  const settled = settleBreaches(current, rulebook, now, by);
  return [
    { type: "CaseRouted", at: now, by, team: next, ruleId: rule.id, policyVersion: rulebook.policy.version },
    ...handOverClocks(current, next, settled, rulebook, now, by),
    // Whoever had it has gone home with their team.
    ...(assigneeId === undefined
      ? []
      : [{ type: "CaseReleased" as const, at: now, by, previousAssigneeId: assigneeId }]),
  ];
}

/** When it must next be looked at who covers a case; undefined when it needs no cover, or its team never closes. */
export function nextCoverAt(current: Case, rulebook: Rulebook, now: Instant): Instant | undefined {
  const covered = coverOf(current, rulebook, now);
  if (covered === undefined) return undefined;
  if (wrongCover(current, rulebook, now) !== undefined) return now;

  const openings = rulebook.policy.teams.flatMap(({ code }) => {
    const opensAt = orNone(() => nextOpening(teamCalendar(rulebook, code).hours, now));
    return opensAt === undefined ? [] : [opensAt];
  });
  const [first, ...rest] = openings;
  if (first === undefined) return undefined;
  const opensAt = rest.reduce(earlier, first);
  const { hours } = teamCalendar(rulebook, covered.team);
  return isOpen(hours, opensAt) ? nextClosing(hours, opensAt) : opensAt;
}

/** The team of a case that must always be somebody's, and where it belongs now. */
interface Cover {
  team: string;
  routing: Routing;
}

/** Where a case belongs whose team is closed; undefined when nothing is to be done about it. */
function wrongCover(current: Case, rulebook: Rulebook, now: Instant): Cover | undefined {
  const cover = coverOf(current, rulebook, now);
  if (cover === undefined) return undefined;
  const { hours } = teamCalendar(rulebook, cover.team);
  if (isOpen(hours, now) || (cover.routing.nobodyOpen && isKnownGap(current, hours, now))) return undefined;
  return cover;
}

/** Undefined for a case that need not always be somebody's. One that is done or not triaged has no clock that runs. */
function coverOf(current: Case, rulebook: Rulebook, now: Instant): Cover | undefined {
  const { team, priority, accountTeam, channel } = current;
  if (team === undefined || priority === undefined || !isUnanswered(current)) return undefined;
  if (priorityOf(rulebook.policy, priority)?.pages !== true) return undefined;
  const routing = route(rulebook, { priority, accountTeam, channel }, now);
  return routing.rule.team === "open-team" ? { team, routing } : undefined;
}

function isUnanswered({ clocks }: Case): boolean {
  return clocks.some((cycle) => isRunning(cycle) && ["first-response", "next-response"].includes(cycle.metric));
}

/** Whether the gap that began when the case's team closed has been recorded. */
function isKnownGap({ gapFoundAt }: Case, hours: OpenHours, now: Instant): boolean {
  const closedAt = orNone(() => previousClosing(hours, now));
  return gapFoundAt !== undefined && (closedAt === undefined || gapFoundAt >= closedAt);
}

/** Hours that never open before or after an instant have no such opening or closing. */
function orNone(find: () => Instant): Instant | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof HorizonReached) return undefined;
    throw error;
  }
}
