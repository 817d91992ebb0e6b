import * as z from "zod/mini";

/** A moment, in milliseconds since the Unix epoch. ISO 8601 in UTC wherever it leaves memory (API, events, items). */
export type Instant = number & z.core.$brand<"Instant">;

/** The instants that the platform accepts: 1970 to the end of 2199. */
const EARLIEST_MS = 0;
const LATEST_MS = 7_258_118_399_999;

/** Marks a number of epoch milliseconds as an instant. Throws a RangeError outside 1970–2199. */
export function instant(epochMs: number): Instant {
  if (!isInRange(epochMs)) {
    throw new RangeError(`${epochMs} ms is not an instant between 1970 and 2199`);
  }
  return Math.trunc(epochMs) as Instant;
}

function isInRange(epochMs: number): boolean {
  return epochMs >= EARLIEST_MS && epochMs <= LATEST_MS;
}

/** The instant an ISO 8601 string with an offset names. Throws a RangeError when it names none. */
export function instantOf(iso: string): Instant {
  return instant(Date.parse(iso));
}

/** ISO 8601 in UTC with milliseconds. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}

/** The instant `ms` milliseconds after (or, when negative, before) another. */
export function plus(at: Instant, ms: number): Instant {
  return instant(at + ms);
}

export function earlier(a: Instant, b: Instant): Instant {
  return a <= b ? a : b;
}

export function later(a: Instant, b: Instant): Instant {
  return a >= b ? a : b;
}

/** ISO outside, branded epoch milliseconds inside. */
export const Instant = z.codec(
  z.string().check(
    z.maxLength(40),
    z.iso.datetime({ offset: true, abort: true }),
    z.refine((iso) => isInRange(Date.parse(iso)), "an instant lies between 1970 and 2199"),
  ),
  z.custom<Instant>((value) => typeof value === "number"),
  { decode: instantOf, encode: toIso },
);

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
