import * as z from "zod/mini";
import { Metric } from "../policy/policy.ts";
import { Code } from "../text/code.ts";
import { Instant } from "../time/instant.ts";

/** Which version of which calendar; absent on a clock that always runs. */
export const CalendarReference = z.object({ id: Code, version: z.int().check(z.gte(1)) });
export type CalendarReference = z.infer<typeof CalendarReference>;

/**
 * A stretch of a cycle measured by one set of rules (sla.md, A clock is a list of segments). `combine` says how it stands
 * to the segments before it: `replace`, `earlier` and `later` make a promise of their own, `openMs` of open time after
 * `measuredFrom`, whose due takes the place of what stood before, or counts if it is earlier or later. `carry` goes on
 * with the promises on other hours, `move` also with another length for the last of them: what was counted stays counted.
 */
export const Segment = z.object({
  from: Instant,
  measuredFrom: Instant,
  openMs: z.int().check(z.gt(0)),
  team: Code,
  calendar: z.optional(CalendarReference),
  policyVersion: z.int().check(z.gte(1)),
  ruleId: Code,
  /** What the rule was chosen by; absent in segments of older code. */
  priority: z.optional(Code),
  warnAtPercents: z.array(z.number()),
  combine: z.enum(["replace", "earlier", "later", "carry", "move"]),
});
export type Segment = z.infer<typeof Segment>;

/** A time that does not count, [from, until); without an end while it lasts. */
export const Pause = z.object({ from: Instant, until: z.optional(Instant) });
export type Pause = z.infer<typeof Pause>;

/** Why a cycle ended neither met nor missed. */
export const CancelReason = z.enum(["resolved-silently", "spam", "false-alarm", "merged-away", "message-gone"]);
export type CancelReason = z.infer<typeof CancelReason>;

/**
 * One measured run of a metric on a case. `dueAt` is the due as last decided by a fact; what lists and timers use is
 * computed anew from the segments (due.ts).
 */
export const Cycle = z.object({
  metric: Metric,
  number: z.int().check(z.gte(1)),
  startedAt: Instant,
  dueAt: Instant,
  segments: z.array(Segment).check(z.minLength(1)),
  /** The highest threshold told so far for the due in force, in percent. */
  warnedPercent: z.number(),
  /** When it was told. */
  warnedAt: z.optional(Instant),
  /** When the case's status stopped the clock, or the case was resolved for a while: in order, without overlaps. */
  pauses: z.optional(z.array(Pause)),
  breachedAt: z.optional(Instant),
  endedAt: z.optional(Instant),
  outcome: z.optional(z.enum(["met", "missed", "cancelled"])),
  cancelledBecause: z.optional(CancelReason),
});
export type Cycle = z.infer<typeof Cycle>;
