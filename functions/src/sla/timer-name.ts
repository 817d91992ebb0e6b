import { type CaseId, type Instant, MINUTE_MS, numberOf, SECOND_MS } from "@ithaca/domain";

/** The leg of the first timer for an instant, whoever sets it: the sweep and what a case owes set one timer between them. */
export const FIRST_LEG = 0;

/** A timer rings at most so early: the longest, too, that a queue holds a message back (sla.md, Timers). */
export const EARLY_MAX_MS = 15 * MINUTE_MS;

/**
 * The name of a timer's execution. A name can be used once in 90 days, so that setting a timer twice sets it once; the
 * leg tells apart timers for the same instant that must both be there (sla.md, Timers).
 */
export function timerName(timer: { epoch: number; caseId: CaseId; wakeAt: Instant; leg: number }): string {
  return [timer.epoch, numberOf(timer.caseId), epochSeconds(timer.wakeAt), timer.leg].join("-");
}

/** Whole seconds since the Unix epoch. */
export function epochSeconds(at: Instant): number {
  return Math.floor(at / SECOND_MS);
}
