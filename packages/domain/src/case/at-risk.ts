import type { Metric } from "../policy/policy.ts";
import { isRunning } from "../sla/running.ts";
import type { Case } from "./case.ts";

/** The metrics that an answer ends. */
const ANSWERED: readonly Metric[] = ["first-response", "next-response"];

/** Unanswered and past its first warning (support-policy.md, Cases). */
export function atRisk({ clocks }: Pick<Case, "clocks">): boolean {
  return clocks.some(
    (cycle) =>
      isRunning(cycle) &&
      ANSWERED.includes(cycle.metric) &&
      (cycle.warnedPercent > 0 || cycle.breachedAt !== undefined),
  );
}
