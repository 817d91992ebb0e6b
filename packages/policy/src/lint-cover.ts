import {
  type Calendar,
  checkCalendar,
  compileCalendar,
  type Instant,
  isOpen,
  nextClosing,
  type Policy,
} from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";
import { allCases, decidedBy, isAny, overlap, type Rule, regionOf, valuesIn } from "./rule-regions.ts";

/** Channels that nobody handles: no rule classifies a message on them, or none gives their cases to a team. */
export function unhandledChannels(policy: Policy): PolicyFault[] {
  const all = allCases(policy);
  const lists: readonly ["classification" | "routing", readonly Rule[]][] = [
    ["classification", policy.classification],
    ["routing", policy.routing],
  ];
  return lists.flatMap(([list, rules]) => {
    const handled = rules.flatMap(({ when }) => [regionOf(when, all[list])].filter(isAny));
    return policy.channels.flatMap(({ code }, index) => {
      if (handled.some((region) => valuesIn(region, all[list], "channel").includes(code))) return [];
      return [
        {
          code: "unhandled-channel" as const,
          path: `/channels/${index}`,
          problem: `nobody handles ${code}: no rule of ${list} matches a case on it`,
          remedy: `add a rule to ${list} that does, or end the list with one whose "when" is empty`,
        },
      ];
    });
  });
}

/**
 * Holes in the cover of cases that must never wait in silence: a rule gives them to a team by name, or to the account's
 * own, so that nobody is told while it is closed. By open-team they go to whoever is open, and on-call is told while
 * nobody is (support-policy.md, Who gets a critical case). A team that closed before the instant, and never again, covers.
 */
export function coverHoles(policy: Policy, calendars: readonly Calendar[], from: Instant): PolicyFault[] {
  const all = allCases(policy).routing;
  const paging = regionOf({ priority: policy.priorities.filter(({ pages }) => pages).map(({ code }) => code) }, all);
  const decided = decidedBy(policy.routing, all);
  if (decided === undefined) return [TOO_FINE];
  return decided.flatMap(({ rule, regions }, index) => {
    const urgent = regions.map((region) => overlap(region, paging)).filter(isAny);
    const of = (name: string) => urgent.flatMap((region) => valuesIn(region, all, name));
    if (rule.team === "open-team") return [];
    const owners = rule.team === "account-team" ? of("accountTeam") : [rule.team];
    const closing = policy.teams.filter(({ code, hours }) => owners.includes(code) && closes(calendars, hours, from));
    if (closing.length === 0 || urgent.length === 0) return [];
    const priorities = [...new Set(of("priority"))].join(" or ");
    const names = closing.map(({ code, hours }) => `${code} (${hours})`).join(" or ");
    return [
      {
        code: "cover-hole" as const,
        path: `/routing/${index}/team`,
        problem: `a ${priorities} case that comes while ${names} is closed waits, and nobody is told`,
        remedy: "route it to open-team, or give the team hours without an end",
      },
    ];
  });
}

const TOO_FINE: PolicyFault = {
  code: "cover-hole",
  path: "/routing",
  problem: "there are too many rules with too many conditions to tell who covers urgent cases",
  remedy: "put a rule that gives them to open-team first, and join rules that name the same team",
};

/** Whether a calendar is closed at some time from an instant on; of one that is unknown or faulty others tell. */
function closes(calendars: readonly Calendar[], id: string, from: Instant): boolean {
  const calendar = calendars.find((candidate) => candidate.id === id);
  if (calendar === undefined || checkCalendar(calendar).length > 0) return false;
  const hours = compileCalendar(calendar);
  return !isOpen(hours, from) || nextClosing(hours, from) !== undefined;
}
