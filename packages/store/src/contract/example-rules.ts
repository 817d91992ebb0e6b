import type { Calendar, Policy, TargetRule } from "@ithaca/domain";
import type { ShippedRules } from "../rules/shipped-rules.ts";

const OPEN_ALL_DAY = [["00:00", "24:00"]] as [["00:00", "24:00"]];

/** Open day and night in UTC, so that a situation can be reckoned in the head. */
export function exampleCalendar(version = 1): Calendar {
  const week = { "1": OPEN_ALL_DAY, "2": OPEN_ALL_DAY, "3": OPEN_ALL_DAY, "4": OPEN_ALL_DAY, "5": OPEN_ALL_DAY };
  return {
    id: "main-hours",
    version,
    name: "Main hours",
    zone: "UTC",
    week: { ...week, "6": OPEN_ALL_DAY, "7": OPEN_ALL_DAY } as Calendar["week"],
    holidays: [],
  };
}

/** Two teams on the same hours; an answer is promised in one hour (high) or four (medium). */
export function examplePolicy(version = 1): Policy {
  return {
    version,
    name: "Example",
    teams: [team("main"), team("au")],
    channels: [{ code: "portal", name: "Portal", selfService: true, vouchesForSender: true }],
    priorities: [
      { code: "high", name: "High", rank: 1, pages: false },
      { code: "medium", name: "Medium", rank: 2, pages: false },
    ],
    packages: [],
    classification: [{ id: "as-requested", when: {}, priority: "as-requested" }],
    routing: [{ id: "own-team", when: {}, team: "account-team" }],
    targets: [target("high", 60), target("medium", 240)],
    defaultTeam: "main",
    defaultPriority: "medium",
    topTier: 3,
    reopenWithinDays: 14,
  };
}

/** What ships with the example desk. */
export function exampleRules(): ShippedRules {
  return { policy: examplePolicy(), calendars: [exampleCalendar()], faultsOf: () => [], calendarsFaultsOf: () => [] };
}

function team(code: string): Policy["teams"][number] {
  return {
    code,
    name: code,
    zone: "UTC",
    hours: "main-hours",
    leadAddress: `${code}-lead@desk.example`,
    onCallAddress: `${code}-on-call@desk.example`,
  };
}

function target(priority: string, minutes: number): TargetRule {
  return {
    id: priority,
    when: { metric: ["first-response"], priority: [priority] },
    length: { minutes },
    clock: "team-hours",
    warnings: [{ percent: 75 }],
  };
}
