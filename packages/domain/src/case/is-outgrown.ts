import type { Cycle } from "../sla/clock.ts";
import type { Case } from "./case.ts";

/** How often a running clock may be given another target, other hours or a pause: a case is one item, and stays small. */
const TURNS_MAX = 200;

/** Whether a change gives a clock more turns than a case has room for. */
export function isOutgrown(current: Case, next: Case): boolean {
  return next.clocks.some((cycle) => {
    const before = current.clocks.find(({ metric, number }) => metric === cycle.metric && number === cycle.number);
    return turns(cycle) > TURNS_MAX && turns(cycle) > (before === undefined ? 0 : turns(before));
  });
}

function turns({ segments, pauses = [] }: Cycle): number {
  return segments.length + pauses.length;
}
