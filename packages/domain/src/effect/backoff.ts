import { HOUR_MS, SECOND_MS } from "../time/instant.ts";

const FIRST_BACKOFF_MS = 30 * SECOND_MS;
const BACKOFF_MAX_MS = HOUR_MS;

/** How long an effect rests after so many attempts: 30 s after the first, doubled after each, an hour at most. */
export function backoffMs(attempts: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** (Math.max(1, attempts) - 1), BACKOFF_MAX_MS);
}
