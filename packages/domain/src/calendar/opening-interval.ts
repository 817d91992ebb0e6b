import * as z from "zod/mini";
import { MINUTES_A_DAY, minutesOf, WallTime, wallTimeOf } from "./wall-time.ts";

/**
 * Half-open opening hours on a wall clock, ["08:00", "20:00"]. One that ends at or before its start runs into the next
 * day, and belongs to the date on which it opens.
 */
export const OpeningInterval = z.tuple([WallTime, WallTime]);
export type OpeningInterval = z.infer<typeof OpeningInterval>;

/** An interval in minutes since the midnight before it opens; `closes` passes 1,440 when it runs into the next day. */
export type IntervalMinutes = { readonly opens: number; readonly closes: number };

/** The interval as minutes since the midnight before it opens. */
export function intervalMinutes([from, until]: OpeningInterval): IntervalMinutes {
  const opens = minutesOf(from);
  const closes = minutesOf(until);
  return { opens, closes: closes <= opens ? closes + MINUTES_A_DAY : closes };
}

/** How long the intervals are by the wall clock, in minutes. */
export function totalMinutes(intervals: readonly OpeningInterval[]): number {
  return intervals.map(intervalMinutes).reduce((sum, { opens, closes }) => sum + closes - opens, 0);
}

/**
 * What is left of a day's intervals when [closedFrom, closedUntil) is taken out, in minutes since midnight: how a
 * holiday that takes a part of a date makes a half day. What would first open after midnight is no longer of that day.
 */
export function withoutMinutes(
  intervals: readonly OpeningInterval[],
  closedFrom: number,
  closedUntil: number,
): OpeningInterval[] {
  return intervals.map(intervalMinutes).flatMap(({ opens, closes }) =>
    [
      { opens, closes: Math.min(closes, closedFrom) },
      { opens: Math.max(opens, closedUntil), closes },
    ]
      .filter((part) => part.opens < part.closes && part.opens < MINUTES_A_DAY)
      .map(wallInterval),
  );
}

function wallInterval({ opens, closes }: IntervalMinutes): OpeningInterval {
  return [wallTimeOf(opens), wallTimeOf(closes > MINUTES_A_DAY ? closes - MINUTES_A_DAY : closes)];
}
