import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { Fact, FactOf } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { CancelReason, Cycle } from "./clock.ts";
import { dueIfResumed } from "./due.ts";
import { isPaused, paused } from "./pausing.ts";
import { nameOf } from "./settle.ts";
import { startNext } from "./start-clock.ts";

/**
 * A case that was resolved is worked on again: its resolution goes on, leaving out the time it was resolved, unless the
 * promise was broken; the customer hears something every so often from now on (sla.md, reopened). The case is as it is
 * once reopened.
 */
export function clocksOfReopened(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const resolution = current.clocks.filter(({ metric, outcome }) => metric === "resolution" && outcome === "met");
  return [
    ...resolution.map((cycle) => reopened(current, cycle, rulebook, now, by)),
    ...(current.firstAnsweredAt === undefined ? [] : startNext(current, "update", now, rulebook, now, by)),
  ];
}

/**
 * Clocks that were cancelled by mistake go on, leaving out the time between: the mark or merge was taken back. What a
 * silent resolution cancelled before that, or a message that went away, was no mistake.
 */
export function clocksOfRestored(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const cancelled = current.clocks.filter(
    ({ cancelledBecause, breachedAt }) =>
      TAKEN_BACK.some((reason) => reason === cancelledBecause) && breachedAt === undefined,
  );
  return cancelled.map((cycle) => reopened(current, cycle, rulebook, now, by));
}

const TAKEN_BACK: readonly CancelReason[] = ["spam", "false-alarm", "merged-away"];

function reopened(current: Case, cycle: Cycle, rulebook: Rulebook, now: Instant, by: Actor): FactOf<"ClockReopened"> {
  const { dueAt } = dueIfResumed(rulebook, current, runningAgain(cycle), now);
  return { type: "ClockReopened", at: now, by, ...nameOf(cycle), dueAt };
}

/** A cycle as if it had not ended, but stood still since then. */
export function runningAgain({ outcome: _outcome, cancelledBecause: _because, endedAt, ...cycle }: Cycle): Cycle {
  return endedAt === undefined || isPaused(cycle) ? cycle : { ...cycle, pauses: paused(cycle.pauses, endedAt) };
}
