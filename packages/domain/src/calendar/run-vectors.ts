import * as z from "zod/mini";
import { type Instant, MINUTE_MS, toIso } from "../time/instant.ts";
import { addOpenTime } from "./add-open-time.ts";
import { CalendarVector, calendarOfVector } from "./calendar-vector.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { HorizonReached } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { openTimeBetween } from "./open-time-between.ts";
import { remember } from "./remember.ts";

/** The longest line that is read, in characters. */
export const VECTOR_LINE_MAX_LENGTH = 200_000;

/** Vectors come in runs that share a calendar: so many are kept compiled. */
const CALENDARS_KEPT = 100;

/** A vector whose answer is not ours. Instants are ISO 8601, lengths are minutes; "never" when there is no answer. */
export type VectorDisagreement = {
  readonly line: number;
  readonly id: string | number;
  readonly op: "add" | "diff";
  readonly expected: string | number;
  readonly found: string | number;
};

/** A line that is no vector. */
export type VectorFault = { readonly line: number; readonly problem: string };

/** What came of comparing vectors with our own answers. Lines are counted from 1. */
export type VectorReport = {
  readonly checked: number;
  readonly disagreements: readonly VectorDisagreement[];
  readonly faults: readonly VectorFault[];
};

/** Answers the vectors of a JSON Lines file and compares. Empty lines are passed over. */
export function runVectors(lines: Iterable<string>): VectorReport {
  const compiled = remember(CALENDARS_KEPT, (calendar: string) =>
    compileCalendar(calendarOfVector(JSON.parse(calendar))),
  );
  const disagreements: VectorDisagreement[] = [];
  const faults: VectorFault[] = [];
  let checked = 0;
  let line = 0;
  for (const text of lines) {
    line += 1;
    if (text.trim() === "") continue;

    const vector = readVector(text);
    if (typeof vector === "string") {
      faults.push({ line, problem: vector });
      continue;
    }
    try {
      const found = answer(compiled(JSON.stringify(vector.calendar)), vector);
      checked += 1;
      if (!found.agrees) {
        disagreements.push({ line, id: vector.id, op: vector.op, expected: found.expected, found: found.found });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push({ line, problem: `calendar.tz: ${error.message}` });
    }
  }
  return { checked, disagreements, faults };
}

/** The vector on a line, or what is wrong with it. */
function readVector(text: string): CalendarVector | string {
  if (text.length > VECTOR_LINE_MAX_LENGTH) {
    return `the line is longer than ${VECTOR_LINE_MAX_LENGTH} characters`;
  }
  const json = parseJson(text);
  if (json === undefined) return "the line is no JSON";

  const { data, error } = z.safeParse(CalendarVector, json);
  if (data !== undefined) return data;

  const [issue] = error.issues;
  return `${issue?.path.join(".") || "vector"}: ${issue?.message}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Comparison = { readonly agrees: boolean; readonly expected: string | number; readonly found: string | number };

function answer(hours: OpenHours, vector: CalendarVector): Comparison {
  if (vector.op === "diff") {
    const found = openTimeBetween(hours, vector.start, vector.end);
    const agrees = found === Math.round(vector.minutes * MINUTE_MS);
    return { agrees, expected: vector.minutes, found: found / MINUTE_MS };
  }
  const found = dueOf(hours, vector.start, Math.round(vector.minutes * MINUTE_MS));
  return {
    agrees: found === vector.due,
    expected: toIso(vector.due),
    found: found === undefined ? "never" : toIso(found),
  };
}

function dueOf(hours: OpenHours, start: Instant, openMs: number): Instant | undefined {
  try {
    return addOpenTime(hours, start, openMs);
  } catch (error) {
    if (error instanceof HorizonReached) return undefined;
    throw error;
  }
}
