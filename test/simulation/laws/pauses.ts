import type { Case, Cycle, Metric } from "@ithaca/domain";

/** What a promise does not count, in the words of support-policy.md: a case in one of these statuses stops the clock. */
const STOPS: Readonly<Record<Metric, readonly Case["status"][]>> = {
  "first-response": [],
  "next-response": [],
  update: ["waiting-on-customer", "waiting-on-fix", "waiting-until"],
  resolution: ["waiting-on-customer", "waiting-on-fix"],
};

/** Whether a status stops the clock of a metric. */
export function stops(metric: Metric, status: Case["status"]): boolean {
  return STOPS[metric].includes(status);
}

/** Whether an instant lies in a time in which a clock stood, or still stands. */
export function stoodAt({ pauses = [] }: Pick<Cycle, "pauses">, at: number): boolean {
  return pauses.some(({ from, until }) => from < at && (until === undefined || at < until));
}

/** Whether a clock stands. */
export function stands({ pauses = [] }: Pick<Cycle, "pauses">): boolean {
  return pauses.some(({ until }) => until === undefined);
}

/** The clocks of a case that stand while nothing stops them, or run while something does. */
export function wronglyPaused({ clocks, status }: Case): readonly Cycle[] {
  return clocks.filter((cycle) => cycle.outcome === undefined && stands(cycle) !== stops(cycle.metric, status));
}

/**
 * Whether a fact made a cycle's due what it is: it began, got another length or other hours, or goes on after a pause.
 * What else happens to its case moves no due.
 */
export function isMoved(before: Cycle | undefined, after: Cycle): boolean {
  if (before === undefined || before.segments !== after.segments) return true;
  return before.pauses !== after.pauses && !stands(after);
}
