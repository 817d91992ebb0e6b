import type { Status } from "../case/case.ts";
import type { Metric } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import type { Cycle, Pause } from "./clock.ts";
import { isRunning } from "./running.ts";

/** The statuses that stop each metric's clock (sla.md, pause). */
const STOPPED_BY: Record<Metric, readonly Status[]> = {
  "first-response": [],
  "next-response": [],
  update: ["waiting-on-customer", "waiting-on-fix", "waiting-until"],
  resolution: ["waiting-on-customer", "waiting-on-fix"],
};

/** The pauses of a case's clocks follow its status, whichever fact changed it. */
export function followStatus(clocks: readonly Cycle[], status: Status, at: Instant): Cycle[] {
  return clocks.map((cycle) => {
    if (!isRunning(cycle) || isPaused(cycle) === STOPPED_BY[cycle.metric].includes(status)) return cycle;
    return { ...cycle, pauses: isPaused(cycle) ? resumed(cycle.pauses, at) : paused(cycle.pauses, at) };
  });
}

/** Whether the clock stands still. */
export function isPaused({ pauses }: Pick<Cycle, "pauses">): boolean {
  const last = pauses?.at(-1);
  return last !== undefined && last.until === undefined;
}

/** What follows an earlier pause without a gap is the same pause. */
export function paused(pauses: readonly Pause[] = [], at: Instant): Pause[] {
  const last = pauses.at(-1);
  return last?.until === at ? [...pauses.slice(0, -1), { from: last.from }] : [...pauses, { from: at }];
}

/** Ends the pause that lasts; one without length is none. */
export function resumed(pauses: readonly Pause[] = [], at: Instant): Pause[] {
  const last = pauses.at(-1);
  if (last === undefined || last.until !== undefined) return [...pauses];
  return last.from >= at ? pauses.slice(0, -1) : [...pauses.slice(0, -1), { from: last.from, until: at }];
}
