import { type CaseId, type Instant, numberOf, SECOND_MS } from "@ithaca/domain";

/** The leg of the hourly sweep. A timer that an effect owes has the effect's version, which is never 0. */
export const SWEEP_LEG = 0;

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
