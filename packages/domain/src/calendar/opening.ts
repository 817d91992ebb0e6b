import { type Instant, instant } from "../time/instant.ts";
import { FIRST_YEAR, HorizonReached, LAST_YEAR, yearHolding, yearStartMs } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { at, firstAtOrAbove, lastAtOrBelow } from "./open-year.ts";

/** How far `nextClosing` looks: hours that stay open for so long count as never closing. */
const CLOSING_YEARS = 10;

/** Whether somebody is there: an opening is open, a closing is not. */
export function isOpen(hours: OpenHours, moment: Instant): boolean {
  const year = hours.year(yearHolding(moment));
  const index = lastAtOrBelow(year.opens, year.opens.length, moment);
  return index >= 0 && moment < at(year.closes, index);
}

/** The instant itself while open, else the next opening. Throws HorizonReached when there is none. */
export function nextOpening(hours: OpenHours, moment: Instant): Instant {
  if (isOpen(hours, moment)) {
    return moment;
  }
  for (let number = yearHolding(moment); number <= LAST_YEAR; number += 1) {
    const { opens } = hours.year(number);
    const index = firstAtOrAbove(opens, opens.length, moment);
    if (index < opens.length) {
      return instant(at(opens, index));
    }
  }
  throw new HorizonReached(`no opening comes before the end of ${LAST_YEAR}`);
}

/**
 * The closing that ends the present opening or, while closed, the next one. Undefined for hours that never open again,
 * or that do not close within ten years.
 */
export function nextClosing(hours: OpenHours, moment: Instant): Instant | undefined {
  const firstYear = yearHolding(moment);
  const lastYear = Math.min(firstYear + CLOSING_YEARS, LAST_YEAR);
  let closing: number | undefined;
  for (let number = firstYear; number <= lastYear; number += 1) {
    const { opens, closes } = hours.year(number);
    // A year cuts a period that runs over its end: what opens just then is the same period.
    if (closing !== undefined && opens[0] !== closing) {
      return instant(closing);
    }
    const index = lastAtOrBelow(closes, closes.length, moment) + 1;
    closing = closes[index];
    if (closing !== undefined && closing < yearStartMs(number + 1)) {
      return instant(closing);
    }
  }
  return undefined;
}

/** The latest closing at or before an instant. Throws HorizonReached when there is none. */
export function previousClosing(hours: OpenHours, moment: Instant): Instant {
  for (let number = yearHolding(moment); number >= FIRST_YEAR; number -= 1) {
    const { closes } = hours.year(number);
    const index = lastAtOrBelow(closes, closes.length, moment);
    if (index >= 0) {
      return instant(at(closes, index));
    }
  }
  throw new HorizonReached(`no closing comes after the start of ${FIRST_YEAR}`);
}
