import type { Calendar, Instant, Policy } from "@ithaca/domain";

/** Something that keeps rules from being used: where, what, and what to do about it. */
export interface RulesFault {
  /** A JSON pointer, "/targets/2/length"; of a calendar "/calendars/0/week", its place among those that come with a policy. */
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Version 1 of the policy and of each calendar, which come with the code, and what judges the versions after them. */
export interface ShippedRules {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
  /** What keeps a policy from deciding every case by `calendars`, of which `fresh` come new with it, from an instant on; none for sound rules. */
  faultsOf(
    policy: Policy,
    fresh: readonly Calendar[],
    inForce: readonly Calendar[],
    from: Instant,
  ): readonly RulesFault[];
  /** The same of a policy that stands: what is wrong with it without the fresh ones is left out. */
  calendarsFaultsOf(
    policy: Policy,
    fresh: readonly Calendar[],
    inForce: readonly Calendar[],
    from: Instant,
  ): readonly RulesFault[];
}
