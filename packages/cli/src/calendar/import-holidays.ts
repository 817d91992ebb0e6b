import type { Calendar, Holiday } from "@ithaca/domain";
import type { ImportedIcs } from "@ithaca/policy/apply";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";

/** Which holidays of an iCalendar file go into a calendar. */
export interface HolidayImport {
  readonly path: string;
  readonly years: { readonly from: number; readonly to: number };
  /** Whether the calendar's own holidays of these years go. */
  readonly replace: boolean;
}

/** A file may be wrong in every line: so many of its faults are told. */
const PROBLEMS_TOLD_MAX = 50;

/**
 * The calendar with the holidays of an iCalendar file: those of its own on other dates stay, on the same date the file's
 * holds. Throws a Failure that names each fault with its line and field; a faulty file changes nothing.
 */
export async function importHolidays(calendar: Calendar, { path, years, replace }: HolidayImport): Promise<Calendar> {
  const text = readTextFile(path);
  // What reads iCalendar files knows the world's holidays too, and takes a while to load.
  const { importIcs } = await import("@ithaca/policy/apply");
  const file = path.split("/").at(-1) ?? path;
  const read = importIcs(text, { zone: calendar.zone, years, week: calendar.week, file });
  if (read.kind === "refused") throw refused(path, read.problems);
  if (read.holidays.length === 0) {
    throw new Failure(`${path} has no holidays from ${years.from} to ${years.to}.`);
  }

  const replaced = new Set(read.holidays.map(({ on }) => on));
  const isOutside = ({ on }: Holiday) => Number(on.slice(0, 4)) < years.from || Number(on.slice(0, 4)) > years.to;
  const kept = calendar.holidays.filter((holiday) => !replaced.has(holiday.on) && (!replace || isOutside(holiday)));
  const holidays = [...kept, ...read.holidays].sort((a, b) => a.on.localeCompare(b.on));
  return { ...calendar, holidays };
}

function refused(path: string, problems: Extract<ImportedIcs, { kind: "refused" }>["problems"]): Failure {
  const lines = problems
    .slice(0, PROBLEMS_TOLD_MAX)
    .map(({ line, field, problem }) => printableLine(`line ${line}, ${field}: ${problem}`));
  return new Failure([`${path} cannot be imported:`, ...lines].join("\n  "));
}
