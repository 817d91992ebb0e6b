import type { AnswerOf, ClockState } from "@ithaca/contracts";
import {
  type Case,
  type Cycle,
  dueIfResumed,
  type Instant,
  isPaused,
  isRunning,
  leftMs,
  type Rulebook,
  shownDue,
} from "@ithaca/domain";

type ClockView = AnswerOf<"read-case">["clocks"][number];

/** How a cycle stands. */
export function clockState(cycle: Cycle): ClockState {
  if (cycle.outcome !== undefined) return cycle.outcome;
  if (cycle.breachedAt !== undefined) return "breached";
  return isPaused(cycle) ? "paused" : "running";
}

/** A cycle as it stands now, its time left in the open time of its own hours. */
export function clockView(current: Case, cycle: Cycle, rulebook: Rulebook, now: Instant): ClockView {
  const { metric, number, startedAt, warnedPercent, breachedAt, endedAt } = cycle;
  const breach = current.breaches?.find((one) => one.metric === metric && one.cycle === number);
  return {
    metric,
    cycle: number,
    state: clockState(cycle),
    startedAt,
    dueAt: shownDue(rulebook, current, cycle, now),
    warnedPercent,
    ...(isRunning(cycle) && { msLeft: leftMs(rulebook, dueIfResumed(rulebook, current, cycle, now), now) }),
    ...(breachedAt !== undefined && { breachedAt }),
    ...(breach !== undefined && { waived: breach.waived }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
