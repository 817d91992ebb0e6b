import { type Instant, instant } from "../time/instant.ts";
import { LAST_YEAR, yearHolding } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { at, lastAtOrBelow } from "./open-year.ts";

/** A stretch in which somebody is there: [opensAt, closesAt). */
export type OpenPeriod = { readonly opensAt: Instant; readonly closesAt: Instant };

/**
 * The open periods from an instant on, in order, without end but the horizon's. The one that holds `from` is given from
 * there. Periods that touch are one.
 */
export function* openPeriods(hours: OpenHours, from: Instant): Iterable<OpenPeriod> {
  yield* openPeriodsBetween(hours, from, undefined);
}

/** The open periods in [from, until), the first and the last of them cut to it. */
export function* openPeriodsBetween(hours: OpenHours, from: Instant, until: Instant | undefined): Iterable<OpenPeriod> {
  let pending: { opensMs: number; closesMs: number } | undefined;
  for (const [opensMs, closesMs] of cutPeriods(hours, from, until)) {
    if (pending !== undefined && pending.closesMs === opensMs) {
      pending.closesMs = closesMs;
      continue;
    }
    if (pending !== undefined) {
      yield period(pending.opensMs, pending.closesMs);
    }
    pending = { opensMs, closesMs };
  }
  if (pending !== undefined) {
    yield period(pending.opensMs, pending.closesMs);
  }
}

function* cutPeriods(hours: OpenHours, from: Instant, until: Instant | undefined): Iterable<[number, number]> {
  const endMs = until ?? Number.POSITIVE_INFINITY;
  for (let number = yearHolding(from); number <= LAST_YEAR; number += 1) {
    const { opens, closes } = hours.year(number);
    const first = lastAtOrBelow(closes, closes.length, from) + 1;
    for (let index = first; index < opens.length; index += 1) {
      const opensMs = Math.max(at(opens, index), from);
      if (opensMs >= endMs) {
        return;
      }
      yield [opensMs, Math.min(at(closes, index), endMs)];
    }
    if (until !== undefined && number >= yearHolding(until)) {
      return;
    }
  }
}

function period(opensMs: number, closesMs: number): OpenPeriod {
  return { opensAt: instant(opensMs), closesAt: instant(closesMs) };
}
