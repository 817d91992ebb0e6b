import type { Calendar, Holiday } from "@ithaca/domain";
import type { HolidayPlace, ImportedIcs } from "@ithaca/policy/apply";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";

/** Where holidays come from: an iCalendar file, or what date-holidays knows of a place. */
export type HolidayOrigin =
  | { readonly kind: "ics"; readonly path: string }
  | { readonly kind: "place"; readonly place: Omit<HolidayPlace, "week"> };

/** Which holidays go into a calendar. */
export interface HolidayImport {
  readonly origin: HolidayOrigin;
  readonly years: { readonly from: number; readonly to: number };
  /** Whether the calendar's own holidays of these years go. */
  readonly replace: boolean;
}

/** A file may be wrong in every line: so many of its faults are told. */
const PROBLEMS_TOLD_MAX = 50;

/**
 * The calendar with the holidays of a file or of a place: those of its own on other dates stay, on the same date the new
 * one holds. Throws a Failure that names each fault of a file with its line and field; a faulty file changes nothing.
 */
export async function importHolidays(calendar: Calendar, { origin, years, replace }: HolidayImport): Promise<Calendar> {
  const found =
    origin.kind === "ics" ? await ofFile(origin.path, calendar, years) : await ofPlace(origin.place, calendar, years);
  if (found.length === 0) {
    const where = origin.kind === "ics" ? origin.path : origin.place.country;
    throw new Failure(`${where} has no holidays from ${years.from} to ${years.to}.`);
  }

  const replaced = new Set(found.map(({ on }) => on));
  const isOutside = ({ on }: Holiday) => Number(on.slice(0, 4)) < years.from || Number(on.slice(0, 4)) > years.to;
  const kept = calendar.holidays.filter((holiday) => !replaced.has(holiday.on) && (!replace || isOutside(holiday)));
  const holidays = [...kept, ...found].sort((a, b) => a.on.localeCompare(b.on));
  return { ...calendar, holidays };
}

type Years = HolidayImport["years"];

async function ofFile(path: string, { zone, week }: Calendar, years: Years): Promise<readonly Holiday[]> {
  const text = readTextFile(path);
  // What reads iCalendar files knows the world's holidays too, and takes a while to load.
  const { importIcs } = await import("@ithaca/policy/apply");
  const read = importIcs(text, { zone, years, week, file: path.split("/").at(-1) ?? path });
  if (read.kind === "refused") throw refused(path, read.problems);
  return read.holidays;
}

async function ofPlace(place: Omit<HolidayPlace, "week">, { week }: Calendar, years: Years): Promise<Holiday[]> {
  const { resolveHolidays } = await import("@ithaca/policy/apply");
  try {
    return resolveHolidays({ ...place, week }, years);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(`${error.message}; write ISO 3166 codes, such as --country AU --state NSW.`, EXIT.usage);
  }
}

function refused(path: string, problems: Extract<ImportedIcs, { kind: "refused" }>["problems"]): Failure {
  const lines = problems
    .slice(0, PROBLEMS_TOLD_MAX)
    .map(({ line, field, problem }) => printableLine(`line ${line}, ${field}: ${problem}`));
  return new Failure([`${path} cannot be imported:`, ...lines].join("\n  "));
}
