import * as z from "zod/mini";

/** A time on a wall clock from "00:00" to "23:59", to the minute; "24:00" is the end of the day. */
export const WallTime = z
  .string()
  .check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a wall-clock time looks like "08:30"; "24:00" ends a day'));
export type WallTime = z.infer<typeof WallTime>;

/** Minutes from "00:00" to "24:00". */
export const MINUTES_A_DAY = 1_440;

/** Minutes that a wall clock has counted since midnight. */
export function minutesOf(time: WallTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The wall-clock time that lies `minutes` after midnight, up to 1,440 ("24:00"). */
export function wallTimeOf(minutes: number): WallTime {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
