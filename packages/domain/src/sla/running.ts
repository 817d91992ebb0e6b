import type { Cycle } from "./clock.ts";

/** Whether a cycle can still be met or missed. */
export function isRunning(cycle: Pick<Cycle, "outcome">): boolean {
  return cycle.outcome === undefined;
}
