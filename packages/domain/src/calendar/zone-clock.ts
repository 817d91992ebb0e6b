import { IANAZone } from "luxon";
import type { Instant } from "../time/instant.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../time/instant.ts";
import { YEARS_KEPT, yearHolding, yearStartMs } from "./horizon.ts";
import { remember } from "./remember.ts";
import { MINUTES_A_DAY } from "./wall-time.ts";

/** A zone moves its clocks: by `shiftMs` (positive is forward) at `at`. */
export type ClockChange = { readonly at: Instant; readonly shiftMs: number };

/** The instant (epoch milliseconds) at which the wall shows `minutes` after midnight of a day (since 1970-01-01). */
type WallTimes = (day: number, minutes: number) => number;

/** The wall clock of a zone. The only place of business time that asks the zone database. */
export type ZoneClock = {
  readonly zone: string;
  /**
   * The instant at which the wall shows `minutes` after midnight of a day. A time that a clock change skips moves
   * forward by the gap; of one that occurs twice it is the first.
   */
  readonly atWallTime: WallTimes;
  /** The same for the days of a UTC year and the three before and after it, without reading the zone's other years. */
  readonly wallTimesOf: (year: number) => WallTimes;
  /** The day (since 1970-01-01) whose midnight is the last one at or before an instant. */
  readonly dayHolding: (atMs: number) => number;
  /** How far ahead of UTC the wall is, in milliseconds. */
  readonly offsetMs: (atMs: number) => number;
  /** Every clock change in [from, until). */
  readonly changes: (fromMs: number, untilMs: number) => ClockChange[];
};

/** A stretch of time through which the offset stays the same; it ends where the next one begins. */
type Stretch = { readonly startMs: number; readonly offsetMs: number };

/**
 * No zone has changed its clocks twice within a week and come back to where it was: looking at each day from 1970 to
 * 2045 finds the same 22,140 changes.
 */
const SAMPLE_MS = 7 * DAY_MS;
/** Wall time and UTC are less than this apart, an overnight interval and a skipped day included. */
const MARGIN_MS = 4 * DAY_MS;

/** How many zones' clocks, and answers about names of zones, are kept in memory at a time. */
const ZONES_KEPT = 512;

/** Whether the zone database knows the name as a place's zone. A bare offset ("+05:00") is no zone. */
export const isZone: (name: string) => boolean = remember(
  ZONES_KEPT,
  (name) => /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name),
);

/** The wall clock of an IANA zone. Throws a RangeError when the zone is unknown. */
export const zoneClock: (zone: string) => ZoneClock = remember(ZONES_KEPT, readZone);

function readZone(zone: string): ZoneClock {
  if (!isZone(zone)) {
    throw new RangeError(`${zone} is not a zone of the IANA database`);
  }
  const database = IANAZone.create(zone);
  const lookUp = (atMs: number) => Math.round(database.offset(atMs) * MINUTE_MS);
  const stretchesOf = remember(YEARS_KEPT, (year: number) =>
    findStretches(lookUp, yearStartMs(year) - MARGIN_MS, yearStartMs(year + 1) + MARGIN_MS),
  );
  const stretchesAt = (atMs: number) => stretchesOf(yearHolding(Math.max(atMs, 0)));

  const atWallTime: WallTimes = (day, minutes) => {
    const wallMs = wallMsOf(day, minutes);
    return resolve(stretchesAt(wallMs), wallMs);
  };
  const offsetMs = (atMs: number) => offsetIn(stretchesAt(atMs), atMs);

  return {
    zone,
    atWallTime,
    wallTimesOf: (year) => {
      const stretches = stretchesOf(year);
      return (day, minutes) => resolve(stretches, wallMsOf(day, minutes));
    },
    offsetMs,
    dayHolding: (atMs) => {
      const day = Math.floor((atMs + offsetMs(atMs)) / DAY_MS);
      return atWallTime(day + 1, 0) <= atMs ? day + 1 : day;
    },
    changes: (fromMs, untilMs) => changesBetween(stretchesOf, fromMs, untilMs),
  };
}

function wallMsOf(day: number, minutes: number): number {
  return (day * MINUTES_A_DAY + minutes) * MINUTE_MS;
}

function findStretches(lookUp: (atMs: number) => number, fromMs: number, untilMs: number): Stretch[] {
  const stretches: Stretch[] = [{ startMs: Number.NEGATIVE_INFINITY, offsetMs: lookUp(fromMs) }];
  let known = fromMs;
  let offset = lookUp(fromMs);
  while (known < untilMs) {
    const next = Math.min(known + SAMPLE_MS, untilMs);
    let ahead = lookUp(next);
    while (ahead !== offset) {
      const changedAt = firstChange(lookUp, known, next, offset);
      offset = lookUp(changedAt);
      stretches.push({ startMs: changedAt, offsetMs: offset });
      known = changedAt;
      ahead = lookUp(next);
    }
    known = next;
  }
  return stretches;
}

/** The first second in (known, until] whose offset is not `offset`, given that the one at `until` is not. */
function firstChange(lookUp: (atMs: number) => number, knownMs: number, untilMs: number, offset: number): number {
  let same = Math.floor(knownMs / SECOND_MS);
  let changed = Math.ceil(untilMs / SECOND_MS);
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (lookUp(middle * SECOND_MS) === offset) {
      same = middle;
    } else {
      changed = middle;
    }
  }
  return changed * SECOND_MS;
}

/** Wall-clock milliseconds to epoch milliseconds: by the first stretch in which the wall shows that time. */
function resolve(stretches: readonly Stretch[], wallMs: number): number {
  let answer = Number.NaN;
  for (const { startMs, offsetMs } of stretches) {
    const wasShownBefore = answer < startMs;
    const candidate = wallMs - offsetMs;
    // Shown neither before the change nor after it: the offset from before moves it forward by the gap.
    const isSkipped = candidate < startMs;
    if (wasShownBefore || isSkipped) break;

    answer = candidate;
  }
  return answer;
}

function offsetIn(stretches: readonly Stretch[], atMs: number): number {
  let offset = 0;
  for (const stretch of stretches) {
    if (stretch.startMs > atMs) {
      break;
    }
    offset = stretch.offsetMs;
  }
  return offset;
}

function changesBetween(
  stretchesOf: (year: number) => readonly Stretch[],
  fromMs: number,
  untilMs: number,
): ClockChange[] {
  const changes: ClockChange[] = [];
  for (let year = yearHolding(fromMs); year <= yearHolding(untilMs); year += 1) {
    // A change within the margin is also in the stretches of the next year.
    const start = Math.max(fromMs, yearStartMs(year));
    const end = Math.min(untilMs, yearStartMs(year + 1));
    let offset = 0;
    for (const { startMs, offsetMs } of stretchesOf(year)) {
      if (startMs >= start && startMs < end) {
        changes.push({ at: startMs as Instant, shiftMs: offsetMs - offset });
      }
      offset = offsetMs;
    }
  }
  return changes;
}
