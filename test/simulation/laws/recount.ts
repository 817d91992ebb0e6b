import type { Calendar, FactOf } from "@ithaca/domain";
import { minuteOracle } from "@ithaca/policy/recount";

/** A time that does not count; without an end while it lasts. */
export interface Stood {
  readonly from: number;
  readonly until: number | undefined;
}

/** Hours that a promise is measured on from an instant on; without a calendar it is round the clock. */
export interface OnHours {
  readonly from: number;
  readonly calendar: Calendar | undefined;
}

const MINUTE_MS = 60_000;
/** How far the walk goes beyond the last instant that is asked for. */
const BEYOND_MS = 4 * 24 * 60 * MINUTE_MS;

/**
 * When a promise of one segment is due, by walking over it minute by minute, written apart from the engine: undefined when
 * that is later than `until` and some days, or while the clock stands.
 */
export function recountedDue(
  { measuredFrom, openMs }: FactOf<"ClockStarted">["segment"],
  hours: readonly OnHours[],
  stood: readonly Stood[],
  until: number,
): number | undefined {
  const end = Math.ceil((until + BEYOND_MS) / MINUTE_MS) * MINUTE_MS;
  const edges = [...hours, ...stood].flatMap((one) => ("until" in one ? [one.from, one.until ?? end] : [one.from]));
  const inside = edges.filter((at) => at > measuredFrom && at < end);
  const steps = [...new Set([measuredFrom, ...inside, end])].sort((a, b) => a - b);
  let left = openMs;
  for (const [index, from] of steps.entries()) {
    const to = steps[index + 1];
    const stands = stood.some((one) => one.from <= from && (one.until === undefined || from < one.until));
    if (to === undefined || stands) continue;
    // What was counted whole just when the clock came to stand is due when it goes on.
    if (left === 0) return from;
    const { add, between } = walkOver(hours.findLast((one) => one.from <= from) ?? hours[0], from, to);
    const at = add(from, left);
    if (at !== undefined && at <= to && !stood.some((one) => one.from === at)) return at;
    left -= Math.min(left, between(from, to));
  }
  return undefined;
}

function walkOver(hours: OnHours | undefined, from: number, to: number) {
  if (hours?.calendar === undefined) {
    return { add: (start: number, ms: number) => start + ms, between: (a: number, b: number) => b - a };
  }
  return minuteOracle(hours.calendar, Math.floor(from / MINUTE_MS) * MINUTE_MS, Math.ceil(to / MINUTE_MS) * MINUTE_MS);
}
