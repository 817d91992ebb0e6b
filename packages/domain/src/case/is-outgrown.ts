import type { Cycle } from "../sla/clock.ts";
import type { Case } from "./case.ts";

/**
 * A case is one item, and stays small: a running clock has room for 200 targets and hours, or for 1,000 pauses and a few
 * of these, about 75 KB.
 */
const ROOM_MAX = 1_200;
/** What a segment takes of it, where a pause takes one. */
const SEGMENT_ROOM = 6;

/** Whether a change gives a clock more targets, hours and pauses than a case has room for. */
export function isOutgrown(current: Case, next: Case): boolean {
  return next.clocks.some((cycle) => {
    const before = current.clocks.find(({ metric, number }) => metric === cycle.metric && number === cycle.number);
    return room(cycle) > ROOM_MAX && room(cycle) > (before === undefined ? 0 : room(before));
  });
}

function room({ segments, pauses = [] }: Cycle): number {
  return SEGMENT_ROOM * segments.length + pauses.length;
}
