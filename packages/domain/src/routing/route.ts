import { isOpen } from "../calendar/opening.ts";
import type { RoutingRule } from "../policy/policy.ts";
import { type Rulebook, teamOf } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";

/** What routing goes by. */
export interface Routable {
  priority: string;
  accountTeam?: string | undefined;
  channel: string;
}

export interface Routing {
  team: string;
  rule: RoutingRule;
  /** The rule asked for a team that is open, and none was: on-call must be told (support-policy.md). */
  nobodyOpen: boolean;
}

/**
 * Which team gets a case at an instant. A sender without an account has the policy's default team as their own, and so
 * has an account whose team a policy removed.
 */
export function route(rulebook: Rulebook, routable: Routable, at: Instant): Routing {
  const { policy } = rulebook;
  const own = teamOf(policy, routable.accountTeam ?? policy.defaultTeam).code;
  const rule = policy.routing.find((candidate) => matches(candidate, routable, own));
  if (rule === undefined) throw new Error(`policy ${policy.version} has no routing rule for this case`);

  if (rule.team === "account-team") return { team: own, rule, nobodyOpen: false };
  if (rule.team !== "open-team") return { team: rule.team, rule, nobodyOpen: false };

  const open = openTeams(rulebook, at);
  if (open.includes(own)) return { team: own, rule, nobodyOpen: false };
  return { team: open[0] ?? own, rule, nobodyOpen: open.length === 0 };
}

/** The codes of the teams that are open at an instant, in the policy's order. */
export function openTeams(rulebook: Rulebook, at: Instant): string[] {
  return rulebook.policy.teams
    .filter((team) => isOpen(rulebook.calendar(team.hours).hours, at))
    .map((team) => team.code);
}

/** The calendar that a team's clocks run on. */
export function teamCalendar(rulebook: Pick<Rulebook, "policy" | "calendar">, team: string) {
  return rulebook.calendar(teamOf(rulebook.policy, team).hours);
}

function matches({ when }: RoutingRule, routable: Routable, own: string): boolean {
  if (when.priority !== undefined && !when.priority.includes(routable.priority)) return false;
  if (when.accountTeam !== undefined && !when.accountTeam.includes(own)) return false;
  return when.channel === undefined || when.channel.includes(routable.channel);
}
