import { minutesAhead } from "@ithaca/policy/recount";

const MINUTES_A_DAY = 1_440;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const MINUTE_MS = 60_000;

/** A moment at which a zone moves its clocks. */
export type FoundChange = { readonly zone: string; readonly atMs: number };

/**
 * Every different clock change of some zones between two instants: those that move the same clocks from and to the same
 * offsets at the same moment count once, whatever the zone is called.
 */
export function clockChanges(zones: readonly string[], fromMs: number, untilMs: number): FoundChange[] {
  const found = new Map<string, FoundChange>();
  for (const zone of zones) {
    const ahead = (minute: number) => minutesAhead(zone, minute);
    let after = ahead(fromMs / MINUTE_MS);
    for (let minute = fromMs / MINUTE_MS; minute < untilMs / MINUTE_MS; minute += MINUTES_A_WEEK) {
      const before = after;
      after = ahead(minute + MINUTES_A_WEEK);
      if (before === after) {
        continue;
      }
      const at = firstMinute(minute, minute + MINUTES_A_WEEK, (later) => ahead(later) !== before);
      found.set(`${at} ${before} ${after}`, { zone, atMs: at * MINUTE_MS });
    }
  }
  return [...found.values()];
}

function firstMinute(low: number, high: number, isTrue: (minute: number) => boolean): number {
  if (high - low <= 1) {
    return high;
  }
  const middle = Math.floor((low + high) / 2);
  return isTrue(middle) ? firstMinute(low, middle, isTrue) : firstMinute(middle, high, isTrue);
}
