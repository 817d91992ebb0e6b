import type { Instant } from "../time/instant.ts";
import { HORIZON, YEARS_KEPT, yearStartMs } from "./horizon.ts";
import type { OpenDates, OpenHours } from "./open-hours.ts";
import { at, type OpenYear, openYear, type Stretch } from "./open-year.ts";
import { remember } from "./remember.ts";
import { zoneClock } from "./zone-clock.ts";

const UTC_DATES: OpenDates = {
  clock: zoneClock("UTC"),
  closedBecause: () => ({ reason: "not-in-force" }),
};

/** Open from one instant to another, and at no other time. */
export function openDuring(from: Instant, until: Instant = HORIZON): OpenHours {
  return hoursOf(UTC_DATES, () => [{ opensMs: from, closesMs: until }]);
}

/** Day and night: the clock of critical cases. */
export const alwaysOpen: OpenHours = openDuring(0 as Instant);

/** Nobody is ever there. */
export const neverOpen: OpenHours = hoursOf(UTC_DATES, () => []);

/** Open when either is. Explanations of the result use the dates and reasons of the first. */
export function union(a: OpenHours, b: OpenHours): OpenHours {
  return hoursOf(a.dates, (number) => [...stretchesOf(a.year(number)), ...stretchesOf(b.year(number))]);
}

/** Open when both are. Explanations of the result use the dates and reasons of the first. */
export function intersection(a: OpenHours, b: OpenHours): OpenHours {
  return hoursOf(a.dates, (number) => common(a.year(number), b.year(number)));
}

/** Open when the first is and the second is not. Explanations use the dates and reasons of the first. */
export function minus(a: OpenHours, b: OpenHours): OpenHours {
  return hoursOf(a.dates, (number) =>
    common(a.year(number), closedTime(b.year(number), yearStartMs(number), yearStartMs(number + 1))),
  );
}

/**
 * `replacement` while `where` is open, `base` at all other times: how one version of a calendar takes over from another
 * at an instant (`where` is then `openDuring(instant)`). Explanations use the dates and reasons of `base`.
 */
export function override(base: OpenHours, replacement: OpenHours, where: OpenHours): OpenHours {
  return union(minus(base, where), intersection(replacement, where));
}

function hoursOf(dates: OpenDates, stretches: (year: number) => Iterable<Stretch>): OpenHours {
  return {
    year: remember(YEARS_KEPT, (number: number) =>
      openYear(stretches(number), yearStartMs(number), yearStartMs(number + 1)),
    ),
    dates,
  };
}

function* stretchesOf({ opens, closes }: OpenYear): Iterable<Stretch> {
  for (let index = 0; index < opens.length; index += 1) {
    yield { opensMs: at(opens, index), closesMs: at(closes, index) };
  }
}

function closedTime(year: OpenYear, fromMs: number, untilMs: number): OpenYear {
  const closed: Stretch[] = [];
  let closedSince = fromMs;
  for (const { opensMs, closesMs } of stretchesOf(year)) {
    closed.push({ opensMs: closedSince, closesMs: opensMs });
    closedSince = closesMs;
  }
  closed.push({ opensMs: closedSince, closesMs: untilMs });
  return openYear(closed, fromMs, untilMs);
}

function* common(a: OpenYear, b: OpenYear): Iterable<Stretch> {
  let left = 0;
  let right = 0;
  while (left < a.opens.length && right < b.opens.length) {
    yield {
      opensMs: Math.max(at(a.opens, left), at(b.opens, right)),
      closesMs: Math.min(at(a.closes, left), at(b.closes, right)),
    };
    if (at(a.closes, left) < at(b.closes, right)) {
      left += 1;
    } else {
      right += 1;
    }
  }
}
