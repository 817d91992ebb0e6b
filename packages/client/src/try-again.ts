/** A request is tried so many times at most. */
export const TRIES_MAX = 3;

const FIRST_WAIT_MS = 200;
const RETRY_AFTER_MAX_MS = 10_000;

/** Answers that say nothing about the request itself. */
const PASSING_STATUSES: readonly number[] = [429, 502, 503, 504];

/** Whether the same request may fare better later. Each has a key, or changes nothing, so a repeat does no harm. */
export function isPassing(status: number): boolean {
  return PASSING_STATUSES.includes(status);
}

/** How long to wait after the try of this number (1 for the first): what the answer asks for, else longer each time. */
export function waitMs(tried: number, retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (retryAfter !== null && seconds >= 0) return Math.min(seconds * 1_000, RETRY_AFTER_MAX_MS);
  // Half of it at random, so that clients that failed together do not come back together.
  return FIRST_WAIT_MS * 2 ** (tried - 1) * (0.5 + Math.random() / 2);
}
