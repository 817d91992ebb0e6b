import type { FactOf } from "../case/facts.ts";
import type { Segment } from "./clock.ts";

/** The segments of a cycle after a change: a cycle whose first message went away begins anew, any other adds to it. */
export function withSegment(
  segments: readonly Segment[],
  cause: FactOf<"ClockRetargeted">["cause"],
  segment: Segment,
): Segment[] {
  return cause === "message-gone" ? restarted(segments, segment) : [...segments, segment];
}

/**
 * The segments of a cycle that begins later than it did: what it is measured by then, and what came after. Targets that
 * rest on a message that is gone are left out, a lowered one counts from the new start.
 */
function restarted(segments: readonly Segment[], base: Segment): Segment[] {
  const { measuredFrom: startedAt } = base;
  const after = segments.slice(1).filter(({ from, measuredFrom, combine }) => {
    const restsOnOlder = combine === "earlier" && measuredFrom < startedAt;
    return from > startedAt && !restsOnOlder;
  });
  return [base, ...after.map((one) => (one.combine === "later" ? { ...one, measuredFrom: startedAt } : one))];
}
