import type { Calendar } from "@ithaca/domain";
import { visitWallMinutes } from "./wall-minutes.ts";

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1_440;
/** Hours of a date reach so far into the window from outside: the zone's offset, a night and a skipped day. */
const MARGIN_DAYS = 4;

/**
 * Business time by walking minute by minute over a window, written apart from the engine: another source of offsets,
 * another way to resolve wall times, no periods and no totals. Slow, and plain enough to be believed.
 */
export type MinuteOracle = {
  /** Undefined when the window ends before so much open time has passed. */
  readonly add: (startMs: number, openMs: number) => number | undefined;
  readonly subtract: (endMs: number, openMs: number) => number | undefined;
  readonly between: (aMs: number, bMs: number) => number;
  readonly isOpen: (atMs: number) => boolean;
  readonly nextOpening: (atMs: number) => number | undefined;
  readonly nextClosing: (atMs: number) => number | undefined;
};

/** Reads a calendar over [fromMs, untilMs), both whole minutes. */
export function minuteOracle(calendar: Calendar, fromMs: number, untilMs: number): MinuteOracle {
  const from = fromMs / MINUTE_MS;
  const until = untilMs / MINUTE_MS;
  const open = markOpenMinutes(calendar, from, until);
  const isOpenMinute = (minute: number) => open[minute - from] === 1;
  const minuteOf = (atMs: number) => Math.floor(atMs / MINUTE_MS);

  return {
    isOpen: (atMs) => isOpenMinute(minuteOf(atMs)),
    add: (startMs, openMs) => {
      let left = openMs;
      for (let minute = minuteOf(startMs); minute < until; minute += 1) {
        if (!isOpenMinute(minute)) {
          continue;
        }
        const beginMs = Math.max(startMs, minute * MINUTE_MS);
        const lengthMs = (minute + 1) * MINUTE_MS - beginMs;
        if (left <= lengthMs) {
          return beginMs + left;
        }
        left -= lengthMs;
      }
      return undefined;
    },
    subtract: (endMs, openMs) => {
      let left = openMs;
      if (openMs === 0 && isOpenMinute(minuteOf(endMs))) {
        return endMs;
      }
      for (let minute = Math.ceil(endMs / MINUTE_MS) - 1; minute >= from; minute -= 1) {
        if (!isOpenMinute(minute)) {
          continue;
        }
        const stopMs = Math.min(endMs, (minute + 1) * MINUTE_MS);
        const lengthMs = stopMs - minute * MINUTE_MS;
        if (left <= lengthMs) {
          return stopMs - left;
        }
        left -= lengthMs;
      }
      return undefined;
    },
    between: (aMs, bMs) => {
      let sum = 0;
      for (let minute = minuteOf(aMs); minute * MINUTE_MS < bMs; minute += 1) {
        if (isOpenMinute(minute)) {
          sum += Math.min(bMs, (minute + 1) * MINUTE_MS) - Math.max(aMs, minute * MINUTE_MS);
        }
      }
      return sum;
    },
    nextOpening: (atMs) => {
      for (let minute = minuteOf(atMs); minute < until; minute += 1) {
        if (isOpenMinute(minute)) {
          return Math.max(atMs, minute * MINUTE_MS);
        }
      }
      return undefined;
    },
    nextClosing: (atMs) => {
      let minute = minuteOf(atMs);
      while (minute < until && !isOpenMinute(minute)) {
        minute += 1;
      }
      while (minute < until && isOpenMinute(minute)) {
        minute += 1;
      }
      return minute < until ? minute * MINUTE_MS : undefined;
    },
  };
}

function markOpenMinutes(calendar: Calendar, first: number, last: number): Uint8Array {
  const open = new Uint8Array(last - first);
  const firstDate = Math.floor(first / MINUTES_A_DAY);
  const lastDate = Math.ceil(last / MINUTES_A_DAY);
  const wall = readWall(calendar.zone, firstDate - MARGIN_DAYS, lastDate + MARGIN_DAYS);

  for (let date = firstDate - 2; date <= lastDate + 1; date += 1) {
    for (const [opens, closes] of hoursOn(calendar, date)) {
      const midnight = date * MINUTES_A_DAY;
      const end = closes > opens ? closes : closes + MINUTES_A_DAY;
      const opensAt = wall.minuteShowing(midnight + opens);
      const closesAt = wall.minuteShowing(midnight + end);
      if (opensAt < closesAt) {
        open.fill(1, Math.max(opensAt - first, 0), Math.max(closesAt - first, 0));
      }
    }
  }
  return open;
}

/** Reads a wall from one UTC day to another, so that the first minute at which it shows a time can be looked up. */
function readWall(zone: string, firstDay: number, lastDay: number) {
  const earliest = (firstDay - 2) * MINUTES_A_DAY;
  const shownAt = new Float64Array((lastDay - firstDay + 5) * MINUTES_A_DAY).fill(-1);
  for (let day = firstDay; day <= lastDay; day += 1) {
    visitWallMinutes(zone, day, (minute, shown) => {
      if (shownAt[shown - earliest] === -1) {
        shownAt[shown - earliest] = minute;
      }
    });
  }
  const isShown = (wallTime: number) => shownAt[wallTime - earliest] !== -1;

  return {
    minuteShowing: (wallTime: number): number => {
      let before = wallTime;
      let after = wallTime;
      while (!isShown(before)) {
        before -= 1;
      }
      while (!isShown(after)) {
        after += 1;
      }
      const gap = before === after ? 0 : after - before - 1;
      return shownAt[wallTime + gap - earliest] ?? -1;
    },
  };
}

function hoursOn(calendar: Calendar, date: number): [number, number][] {
  const midnight = new Date(date * MINUTES_A_DAY * MINUTE_MS);
  const on = midnight.toISOString().slice(0, 10);
  if (on < (calendar.validFrom ?? on) || on > (calendar.validUntil ?? on)) {
    return [];
  }
  const extra = calendar.extraOpenings?.find((opening) => opening.on === on);
  const holiday = calendar.holidays.find((entry) => entry.on === on);
  const weekday = String(midnight.getUTCDay() || 7) as "1" | "2" | "3" | "4" | "5" | "6" | "7";
  const regular = holiday === undefined ? calendar.week[weekday] : holiday.hours;
  return (extra?.hours ?? regular ?? []).map(([opens, closes]) => [toMinutes(opens), toMinutes(closes)]);
}

function toMinutes(time: string): number {
  const [hours, minutes] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}
