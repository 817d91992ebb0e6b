import {
  dayNumber,
  HOUR_MS,
  type Instant,
  Instant as InstantSchema,
  instant,
  isZone,
  MINUTE_MS,
  minutesOf,
  zoneClock,
} from "@ithaca/domain";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** "2026-11-25", with a time of day or without. */
const ON_THE_WALL = /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d))?$/;
const LENGTH = /^(?:(\d{1,7}(?:\.\d{1,6})?)\s*h)?\s*(?:(\d{1,8}(?:\.\d{1,6})?)\s*m?)?$/;

/** Where an instant is written, for the message that says what is wrong with it. */
interface Written {
  readonly zone: () => Promise<string>;
  readonly now: Instant;
}

/**
 * An instant as somebody writes it: "now", ISO 8601 with an offset, or a date, with a time or without, on the wall of a
 * zone. Throws a Failure.
 */
export async function readInstant(text: string, { zone, now }: Written): Promise<Instant> {
  if (text === "now") return now;
  const [, date, hour = "00", minute = "00"] = ON_THE_WALL.exec(text) ?? [];
  if (date !== undefined && z.safeParse(z.iso.date(), date).success) {
    return onTheWall(await zone(), date, `${hour}:${minute}`, text);
  }
  const read = z.safeDecode(InstantSchema, text);
  if (read.success) return read.data;
  throw new Failure(
    `${text} is no instant between 1970 and 2199; write now, 2026-03-01T09:00:00Z, or 2026-03-01T09:00 for a time on the wall there.`,
    EXIT.usage,
  );
}

function onTheWall(zone: string, date: string, time: string, text: string): Instant {
  if (!isZone(zone)) throw new Failure(`${zone} is no time zone; name a place, such as America/New_York.`, EXIT.usage);
  try {
    return instant(zoneClock(zone).atWallTime(dayNumber(date), minutesOf(time)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(`${text} does not lie between 1970 and 2199.`, EXIT.usage);
  }
}

/** A length of open time as somebody writes it, in minutes: "90", "90m", "2h", "1h30m". Throws a Failure. */
export function readMinutes(text: string): number {
  const [, hours, minutes] = LENGTH.exec(text.trim()) ?? [];
  if (hours === undefined && minutes === undefined) {
    throw new Failure(`${text} is no length of open time; write 90, 90m, 2h or 1h30m.`, EXIT.usage);
  }
  return (Number(hours ?? 0) * HOUR_MS) / MINUTE_MS + Number(minutes ?? 0);
}
