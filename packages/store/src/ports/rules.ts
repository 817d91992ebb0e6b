import type {
  Calendar,
  CalendarInForce,
  CalendarReference,
  Case,
  Instant,
  Policy,
  Rulebook,
  RulesInForce,
} from "@ithaca/domain";

/** A new version: who made it, when, why, and from when it is in force. */
export interface RuleChange {
  by: string;
  at: Instant;
  reason: string;
  inForceFrom: Instant;
  /** What named the request that it was made by, where it had a name, and a hash of what it asked for. */
  request?: { id: string; bodyHash: string } | undefined;
}

/** Which versions are in force from when: one item, read often, small. Version 1 of each is what ships. */
export interface RuleTimeline {
  revision: number;
  /** `movesUnfinished`: cycles that run when it comes into force go over to it. */
  policy: { version: number; from: Instant; movesUnfinished?: boolean | undefined }[];
  calendars: Record<string, { version: number; from: Instant }[]>;
}

/** The policy and the calendars, by version, immutable once written. */
export interface Rules {
  timeline(): Promise<RuleTimeline>;
  /** From when at the earliest a version that is made at an instant can be in force. */
  soonest(at: Instant): Instant;
  policy(version: number): Promise<Policy | undefined>;
  calendar(id: string, version: number): Promise<Calendar | undefined>;
  /** Those of some versions that there are, in no particular order. */
  calendars(references: readonly CalendarReference[]): Promise<Calendar[]>;
  /** Who made which version when and why, newest first. */
  history(): Promise<(RuleChange & ({ policy: number } | { calendar: string; version: number }))[]>;
  /**
   * Writes versions and their places in the timeline, all or none; false when somebody else changed the timeline
   * meanwhile. Throws FaultyRules when the policy in force then would not decide every case: a bad policy never goes live.
   */
  put(
    versions: { readonly policy?: Policy; readonly calendars: readonly Calendar[] },
    change: RuleChange & { movesUnfinished?: boolean | undefined },
    ifRevision: number,
  ): Promise<boolean>;
  /** `put` of a policy alone. */
  putPolicy(
    policy: Policy,
    change: RuleChange & { movesUnfinished?: boolean | undefined },
    ifRevision: number,
  ): Promise<boolean>;
  /** `put` of a calendar alone. */
  putCalendar(calendar: Calendar, change: RuleChange, ifRevision: number): Promise<boolean>;
}

/** The rulebook in force, from a cache that asks for the timeline at most once in `refreshMs`. */
export interface Rulebooks {
  /**
   * The rules in force. Throws when the store cannot be read and nothing is remembered: what ships may not be what is in
   * force.
   */
  inForce(now: Instant): Promise<RulesInForce>;
  /**
   * What decisions on these cases rest on; none where a case is opened. At hand are the calendars in force and to come,
   * and what the clocks of these cases may be measured on: the hours of any other version throw.
   */
  inForce(now: Instant, cases: readonly Case[]): Promise<Rulebook>;
  /** A version of a calendar, in force or not, compiled; undefined when there is none. */
  calendar(id: string, version: number): Promise<CalendarInForce | undefined>;
}
