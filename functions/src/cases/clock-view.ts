import type { AnswerOf, ClockState } from "@ithaca/contracts";
import { type Cycle, dueOf, type Instant, isRunning, openTimeBetween, type Rulebook } from "@ithaca/domain";

type ClockView = AnswerOf<"read-case">["clocks"][number];

/** How a cycle stands. */
export function clockState(cycle: Cycle): ClockState {
  if (cycle.outcome !== undefined) return cycle.outcome;
  return cycle.breachedAt === undefined ? "running" : "breached";
}

/** A cycle as it stands now, its time left in the open time of its own hours. */
export function clockView(cycle: Cycle, rulebook: Rulebook, now: Instant): ClockView {
  const { metric, number, startedAt, warnedPercent, breachedAt, endedAt } = cycle;
  const { dueAt, governing } = dueOf(rulebook, cycle.segments);
  return {
    metric,
    cycle: number,
    state: clockState(cycle),
    startedAt,
    dueAt,
    warnedPercent,
    ...(isRunning(cycle) && { msLeft: openTimeBetween(rulebook.hoursOf(governing.calendar), now, dueAt) }),
    ...(breachedAt !== undefined && { breachedAt }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
