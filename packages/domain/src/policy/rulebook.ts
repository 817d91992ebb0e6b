import type { Calendar } from "../calendar/calendar.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import type { CalendarReference } from "../sla/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { InForce, Policy, Priority, Team } from "./policy.ts";

/** A calendar version, as data and compiled. */
export interface CalendarInForce {
  readonly calendar: Calendar;
  readonly hours: OpenHours;
}

/** The policy in force and the calendars in force, compiled: what routes and lists a case, and not yet what measures one. */
export interface RulesInForce {
  readonly policy: Policy;
  /** The calendar of this id in force. Throws when there is none: the linter refuses such a policy when it is loaded. */
  calendar(id: string): CalendarInForce;
  /** Every calendar in force, by id. */
  calendars(): readonly CalendarInForce[];
}

/**
 * Everything a decision on a case rests on: the rules in force, and what its clocks were measured on before. Pure data,
 * no I/O.
 */
export interface Rulebook extends RulesInForce {
  /** The versions of a calendar and from when each is in force, those to come included; by `from`, version 1 left out. */
  versionsOf(id: string): readonly InForce[];
  /** The policies that move what is unfinished when they come into force, those to come included; by `from`. */
  readonly moves: readonly PolicyMove[];
  /** The hours of a calendar version that a segment names; undefined (no calendar): always open. */
  hoursOf(reference: CalendarReference | undefined): OpenHours;
}

/** A policy that gives unfinished cycles new segments from the instant it is in force, by the calendars of that instant. */
export interface PolicyMove extends Pick<RulesInForce, "policy" | "calendar"> {
  readonly from: Instant;
}

/**
 * The team of this code. The cases of one that a policy removed are the default team's to look after. Throws when the
 * policy does not have that one either: the linter refuses it.
 */
export function teamOf(policy: Policy, code: string): Team {
  const team = policy.teams.find((one) => one.code === (hasTeam(policy, code) ? code : policy.defaultTeam));
  if (team === undefined) throw new Error(`policy ${policy.version} has no team ${code}`);
  return team;
}

/** Whether the policy has a team of this code. */
export function hasTeam(policy: Policy, code: string): boolean {
  return policy.teams.some((one) => one.code === code);
}

/** The priority of this code, if the policy has it. */
export function priorityOf(policy: Policy, code: string): Priority | undefined {
  return policy.priorities.find((candidate) => candidate.code === code);
}
