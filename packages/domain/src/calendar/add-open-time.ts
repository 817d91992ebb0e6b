import { type Instant, instant } from "../time/instant.ts";
import { FIRST_YEAR, HorizonReached, LAST_YEAR, yearHolding } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { at, firstAtOrAbove, lastAtOrBelow, openMsBefore, totalOf } from "./open-year.ts";
import { isOpen, nextOpening, previousClosing } from "./opening.ts";

/**
 * The instant at which `openMs` of open time has elapsed since `start` (sla.md, "Business time"). When that is a
 * closing, it is that closing and not the next opening. For 0 it is `start` while open, else the next opening.
 * Throws HorizonReached when so much open time does not come, a RangeError when `openMs` is no length.
 */
export function addOpenTime(hours: OpenHours, start: Instant, openMs: number): Instant {
  requireLength(openMs);
  if (openMs === 0) {
    return nextOpening(hours, start);
  }
  const firstYear = yearHolding(start);
  let wanted = openMs + openMsBefore(hours.year(firstYear), start);
  for (let number = firstYear; number <= LAST_YEAR; number += 1) {
    const year = hours.year(number);
    const total = totalOf(year);
    if (wanted <= total) {
      const index = firstAtOrAbove(year.before, year.opens.length, wanted) - 1;
      return instant(at(year.opens, index) + wanted - at(year.before, index));
    }
    wanted -= total;
  }
  throw new HorizonReached(`${openMs} ms of open time do not fit before the end of ${LAST_YEAR}`);
}

/**
 * The latest instant from which `openMs` of open time elapses until `end`: the mirror image of `addOpenTime`. When that
 * is an opening, it is that opening and not the closing before. For 0 it is `end` while open, else the closing before.
 * Throws HorizonReached when there was not so much open time, a RangeError when `openMs` is no length.
 */
export function subtractOpenTime(hours: OpenHours, end: Instant, openMs: number): Instant {
  requireLength(openMs);
  if (openMs === 0) {
    return isOpen(hours, end) ? end : previousClosing(hours, end);
  }
  const lastYear = yearHolding(end);
  let wanted = openMsBefore(hours.year(lastYear), end) - openMs;
  for (let number = lastYear; number >= FIRST_YEAR; number -= 1) {
    if (number < lastYear) {
      wanted += totalOf(hours.year(number));
    }
    if (wanted >= 0) {
      const year = hours.year(number);
      const index = lastAtOrBelow(year.before, year.opens.length, wanted);
      return instant(at(year.opens, index) + wanted - at(year.before, index));
    }
  }
  throw new HorizonReached(`${openMs} ms of open time do not fit after the start of ${FIRST_YEAR}`);
}

/** Whether `addOpenTime` has an answer: what a policy's loader asks of each of its targets. */
export function fitsOpenTime(hours: OpenHours, start: Instant, openMs: number): boolean {
  try {
    addOpenTime(hours, start, openMs);
    return true;
  } catch (error) {
    if (error instanceof HorizonReached) {
      return false;
    }
    throw error;
  }
}

function requireLength(openMs: number): void {
  if (!Number.isSafeInteger(openMs) || openMs < 0) {
    throw new RangeError(`${openMs} is not a length of open time in whole milliseconds`);
  }
}
