import type { Instant } from "../time/instant.ts";

/**
 * How far ahead a version of the rules must be in force, in milliseconds, so that every function knows it by then: one that
 * has just read the rules reads them again after `refreshMs`, and the same again is for clocks that differ (design.md, Data).
 */
export function rulesLeadMs(refreshMs: number): number {
  return 2 * refreshMs;
}

/** Whether a change that is made at an instant is in force so early that a function may not know it. */
export function isTooSoon(change: { readonly at: Instant; readonly inForceFrom: Instant }, refreshMs: number): boolean {
  return change.inForceFrom < change.at + rulesLeadMs(refreshMs);
}
