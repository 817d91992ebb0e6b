import { DAY_MS, type Instant, instant } from "../time/instant.ts";
import { dateOfDay, type LocalDate } from "./local-date.ts";
import type { ClosedReason, OpenHours } from "./open-hours.ts";
import { openPeriodsBetween } from "./open-periods.ts";

/** The longest time that is explained span by span; longer ones are for totals. */
export const EXPLAINED_DAYS_MAX = 3_660;

/** A part of one date (in the hours' zone) that a clock counted, skipped for a reason, or that moved the wall clock. */
export type OpenTimeSpan = {
  readonly from: Instant;
  readonly until: Instant;
  /** `until` minus `from`; nought for a clock change. */
  readonly lengthMs: number;
  /** The date on the wall at `from`. */
  readonly on: LocalDate;
} & (
  | { readonly kind: "counted" }
  | ({ readonly kind: "skipped" } & ClosedReason)
  | {
      readonly kind: "clock-change";
      /** How far the wall clock jumps; positive is forward. */
      readonly shiftMs: number;
    }
);

/**
 * What a clock did from `start` to `end`, span by span: the lengths add up to `end` minus `start`, those that are
 * counted to `openTimeBetween`. Throws a RangeError when `end` is before `start` or more than ten years after it.
 */
export function explainOpenTime(hours: OpenHours, start: Instant, end: Instant): OpenTimeSpan[] {
  if (end < start || end - start > EXPLAINED_DAYS_MAX * DAY_MS) {
    throw new RangeError(`only time of 0 to ${EXPLAINED_DAYS_MAX} days is explained`);
  }
  const { clock } = hours.dates;
  const changes = clock.changes(start, end);
  const spans: OpenTimeSpan[] = [];
  let day = clock.dayHolding(start);
  let dayEndMs = clock.atWallTime(day + 1, 0);
  let reached: number = start;

  for (const piece of pieces(hours, start, end)) {
    while (reached < piece.untilMs) {
      while (dayEndMs <= reached) {
        day += 1;
        dayEndMs = clock.atWallTime(day + 1, 0);
      }
      const on = dateOfDay(day);
      if (changes[0] !== undefined && changes[0].at <= reached) {
        const { at, shiftMs } = changes[0];
        spans.push({ kind: "clock-change", from: at, until: at, lengthMs: 0, on, shiftMs });
        changes.shift();
      }
      const until = Math.min(piece.untilMs, dayEndMs, changes[0]?.at ?? Number.POSITIVE_INFINITY);
      spans.push(span(hours, on, piece.open, reached, until));
      reached = until;
    }
  }
  return spans;
}

function* pieces(hours: OpenHours, start: Instant, end: Instant): Iterable<{ open: boolean; untilMs: number }> {
  for (const { opensAt, closesAt } of openPeriodsBetween(hours, start, end)) {
    yield { open: false, untilMs: opensAt };
    yield { open: true, untilMs: closesAt };
  }
  yield { open: false, untilMs: end };
}

function span(hours: OpenHours, on: LocalDate, open: boolean, fromMs: number, untilMs: number): OpenTimeSpan {
  const bounds = {
    from: instant(fromMs),
    until: instant(untilMs),
    lengthMs: untilMs - fromMs,
    on,
  };
  return open
    ? { kind: "counted", ...bounds }
    : { kind: "skipped", ...hours.dates.closedBecause(on, fromMs, untilMs), ...bounds };
}
