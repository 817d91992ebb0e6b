import { CalendarReference, Code, Instant, LocalDate, Metric, Segment, Told, Zone } from "@ithaca/domain";
import * as z from "zod/mini";
import { ClockState } from "./case-shapes.ts";

/** The most spans and lines of one explanation. */
export const SPANS_MAX = 20_000;
export const LINES_MAX = 20_000;

const span = {
  from: Instant,
  until: Instant,
  /** `until` minus `from`; nought for a clock change. */
  lengthMs: z.int().check(z.gte(0)),
  /** The date on the wall of the calendar's zone. */
  on: LocalDate,
};

/** A part of one date that the clock counted, skipped for a reason, or that moved the wall clock; or a whole pause. */
export const ExplainedSpan = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("counted"), ...span }),
  z.object({
    kind: z.literal("skipped"),
    ...span,
    reason: z.enum(["night", "break", "weekend", "closed-day", "not-in-force", "holiday"]),
    /** The holiday's name. */
    holiday: z.optional(z.string()),
  }),
  z.object({ kind: z.literal("clock-change"), ...span, shiftMs: z.int() }),
  z.object({ kind: z.literal("paused"), ...span }),
]);
export type ExplainedSpan = z.infer<typeof ExplainedSpan>;

/** One stretch of the cycle under one set of rules, with the due that it gives by itself. */
const ExplainedSegment = z.extend(
  z.pick(Segment, {
    from: true,
    measuredFrom: true,
    openMs: true,
    team: true,
    calendar: true,
    policyVersion: true,
    ruleId: true,
    combine: true,
  }),
  { dueAt: Instant },
);

/** Why a due instant is what it is (sla.md, Explanation). The counted spans add up to `openMs`. */
export const ClockExplanation = z.object({
  metric: Metric,
  cycle: z.int().check(z.gte(1)),
  state: ClockState,
  startedAt: Instant,
  dueAt: Instant,
  /** The rule of the segment that decides the due, and why those before it did not match. */
  rule: z.object({
    id: Code,
    policyVersion: z.int(),
    /** Absent when the policy in force is another version: its rules are not at hand. */
    passedOver: z.optional(
      z.array(
        z.object({ id: Code, because: z.enum(["metric", "priority", "package", "accountId", "product", "channel"]) }),
      ),
    ),
  }),
  segments: z.array(ExplainedSegment),
  /** Whose hours measured which part, pauses before it included; round the clock when no calendar is named. */
  stretches: z.optional(
    z
      .array(z.object({ from: Instant, until: Instant, team: Code, calendar: z.optional(CalendarReference) }))
      .check(z.maxLength(SPANS_MAX)),
  ),
  /** From the start of the promise that decides to the due, whichever segments measured it. */
  spans: z.array(ExplainedSpan).check(z.maxLength(SPANS_MAX)),
  openMs: z.int().check(z.gt(0)),
  /** Of a paused clock: what is left of the target, in milliseconds. Its due is as if it went on now. */
  pausedWithMsLeft: z.optional(z.int()),
  /** The dues that other priorities would have given from the start, where they differ. */
  counterfactuals: z.optional(
    z.array(z.object({ priority: Code, ruleId: Code, dueAt: Instant })).check(z.maxLength(20)),
  ),
  /** Of a promise that can still be broken: where that takes the case by the policy in force, and whom it tells. */
  ifMissed: z.optional(
    z.object({
      toTier: z.int(),
      tells: z.array(Told).check(z.maxLength(3)),
      /** Absent for a policy that has no rules for it. */
      ruleId: z.optional(Code),
      policyVersion: z.int(),
    }),
  ),
  /** The zone of the hours that it is measured on, in which the spans' dates are. */
  zone: z.optional(Zone),
  /** The whole in words, a line each, in the zone of the calendar. */
  text: z.array(z.string()).check(z.maxLength(LINES_MAX)),
});
export type ClockExplanation = z.infer<typeof ClockExplanation>;
