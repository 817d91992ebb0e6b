import { addOpenTime } from "../calendar/add-open-time.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { earlier, type Instant, later, plus } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";

/** The due that one segment gives by itself. */
export function segmentDue(rulebook: Rulebook, segment: Segment): Instant {
  return addOpenTime(rulebook.hoursOf(segment.calendar), segment.measuredFrom, segment.openMs);
}

/** The due of a cycle and the segment that decides it: each segment replaces, shortens or extends the ones before it. */
export function dueOf(rulebook: Rulebook, segments: readonly Segment[]): { dueAt: Instant; governing: Segment } {
  const [first, ...rest] = segments;
  if (first === undefined) throw new Error("a cycle has at least one segment");

  let governing = first;
  let dueAt = segmentDue(rulebook, first);
  for (const segment of rest) {
    const own = segmentDue(rulebook, segment);
    const combined = { replace: own, earlier: earlier(dueAt, own), later: later(dueAt, own) }[segment.combine];
    if (combined !== dueAt || segment.combine === "replace") governing = segment;
    dueAt = combined;
  }
  return { dueAt, governing };
}

/** Whether a cycle can still be met or missed. */
export function isRunning(cycle: Cycle): boolean {
  return cycle.outcome === undefined;
}

export interface WarningDue {
  percent: number;
  at: Instant;
}

/** When each warning of a cycle is due, lowest first: so much of the governing segment's open time gone. */
export function warningsOf(rulebook: Rulebook, cycle: Cycle): WarningDue[] {
  const { governing } = dueOf(rulebook, cycle.segments);
  const hours = rulebook.hoursOf(governing.calendar);
  return governing.warnAtPercents.map((percent) => ({
    percent,
    at: addOpenTime(hours, governing.measuredFrom, Math.round((governing.openMs * percent) / 100)),
  }));
}

/** An answer exactly at the due meets it (sla.md), so a breach is first certain one millisecond later. */
export function breachCertainAt(dueAt: Instant): Instant {
  return plus(dueAt, 1);
}

/** When a cycle next needs looking at: its next warning or its breach. Undefined once it has ended or is breached. */
export function cycleWakeAt(rulebook: Rulebook, cycle: Cycle): Instant | undefined {
  if (!isRunning(cycle) || cycle.breachedAt !== undefined) return undefined;
  const breach = breachCertainAt(dueOf(rulebook, cycle.segments).dueAt);
  const warning = warningsOf(rulebook, cycle).find(({ percent }) => percent > cycle.warnedPercent);
  return warning === undefined ? breach : earlier(warning.at, breach);
}
