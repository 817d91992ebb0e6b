import type { OpenTimeSpan } from "./explain-open-time.ts";
import { dayNumber, type LocalDate, type Weekday, weekdayOfDay } from "./local-date.ts";
import type { ClosedReason } from "./open-hours.ts";

/** Time that was skipped on one date, for one reason. */
export type SkippedTime = ClosedReason & { readonly ms: number };

/** What a clock did on one date: "counted 3 h 10 m on Tuesday", "skipped Thanksgiving Day". */
export type DaySummary = {
  readonly on: LocalDate;
  readonly weekday: Weekday;
  readonly countedMs: number;
  readonly skipped: readonly SkippedTime[];
  /** How far the wall clock jumped on the date; 0 on nearly all. */
  readonly clockShiftMs: number;
};

/** The whole of an explanation, by date. */
export type OpenTimeSummary = {
  readonly countedMs: number;
  readonly skippedMs: number;
  /** The names of the holidays that were skipped, in order. */
  readonly holidays: readonly string[];
  readonly days: readonly DaySummary[];
};

/** Adds the spans of an explanation up by date and reason. */
export function summarizeOpenTime(spans: readonly OpenTimeSpan[]): OpenTimeSummary {
  const days: DaySummary[] = [];
  for (const span of spans) {
    const last = days.at(-1);
    if (last?.on === span.on) {
      days[days.length - 1] = withSpan(last, span);
    } else {
      days.push(withSpan(emptyDay(span.on), span));
    }
  }
  const skipped = days.flatMap((day) => day.skipped);
  return {
    countedMs: sum(days.map((day) => day.countedMs)),
    skippedMs: sum(skipped.map(({ ms }) => ms)),
    holidays: [...new Set(skipped.flatMap((part) => ("holiday" in part ? [part.holiday] : [])))],
    days,
  };
}

function emptyDay(on: LocalDate): DaySummary {
  return { on, weekday: weekdayOfDay(dayNumber(on)), countedMs: 0, skipped: [], clockShiftMs: 0 };
}

function withSpan(day: DaySummary, span: OpenTimeSpan): DaySummary {
  switch (span.kind) {
    case "counted":
      return { ...day, countedMs: day.countedMs + span.lengthMs };
    case "clock-change":
      return { ...day, clockShiftMs: day.clockShiftMs + span.shiftMs };
    case "skipped":
      return { ...day, skipped: withSkipped(day.skipped, reasonOf(span), span.lengthMs) };
  }
}

function reasonOf(span: Extract<OpenTimeSpan, { kind: "skipped" }>): ClosedReason {
  return span.reason === "holiday" ? { reason: span.reason, holiday: span.holiday } : { reason: span.reason };
}

/** A night is skipped before an opening and after a closing: one line for both. */
function withSkipped(skipped: readonly SkippedTime[], reason: ClosedReason, ms: number): SkippedTime[] {
  const known = skipped.findIndex((part) => part.reason === reason.reason);
  return known < 0
    ? [...skipped, { ...reason, ms }]
    : skipped.map((part, index) => (index === known ? { ...part, ms: part.ms + ms } : part));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
