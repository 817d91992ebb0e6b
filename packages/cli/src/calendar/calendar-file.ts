import { Calendar, checkCalendar, type Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import { lineOfPointer } from "../output/line-of-pointer.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";

/** What a file says of calendars: some of them, and the teams that keep them where it has a policy too. */
export interface CalendarFile {
  readonly calendars: readonly Calendar[];
  readonly teams?: Policy["teams"];
}

const Teams = z.object({ teams: z.array(z.object({ code: z.string(), name: z.string(), hours: z.string() })) });

/** A file is one calendar, `{ "calendar": … }` as "show --json" prints it, a list of them, or a whole rules file. */
type Found = {
  readonly calendars: readonly { readonly json: unknown; readonly path: string }[];
  readonly policy?: unknown;
};

/**
 * Reads the calendars of a JSON file and checks them. Throws a Failure that names each fault with its line, its field
 * and what to do about it.
 */
export function readCalendarFile(path: string): CalendarFile {
  const text = readTextFile(path);
  const { calendars: found, policy } = find(parse(text, path));
  const faults = found.flatMap((one) => faultsOf(one.json).map((fault) => ({ ...fault, path: one.path + fault.path })));
  if (faults.length > 0) throw faulty(path, text, faults);

  const calendars = found.map(({ json }) => z.parse(Calendar, json));
  const teams = z.safeParse(Teams, policy);
  return { calendars, ...(teams.success && { teams: teams.data.teams as Policy["teams"] }) };
}

/** The one calendar of a file. Throws a Failure when there are several or none. */
export function readOneCalendar(path: string): Calendar {
  const { calendars } = readCalendarFile(path);
  const [calendar] = calendars;
  if (calendar === undefined || calendars.length > 1) throw new Failure(`${path} must hold one calendar.`);
  return calendar;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${path} is not JSON: ${printableLine(error instanceof Error ? error.message : "")}.`);
  }
}

function find(json: unknown): Found {
  const list = (items: readonly unknown[], prefix: string) =>
    items.map((item, at) => ({ json: item, path: `${prefix}/${at}` }));
  if (Array.isArray(json)) return { calendars: list(json, "") };
  if (typeof json !== "object" || json === null) return { calendars: [{ json, path: "" }] };
  if ("calendars" in json && Array.isArray(json.calendars)) {
    return { calendars: list(json.calendars, "/calendars"), ...("policy" in json && { policy: json.policy }) };
  }
  if ("calendar" in json) return { calendars: [{ json: json.calendar, path: "/calendar" }] };
  return { calendars: [{ json, path: "" }] };
}

interface Fault {
  readonly path: string;
  readonly problem: string;
  readonly remedy?: string;
}

function faultsOf(json: unknown): Fault[] {
  const { data, error } = z.safeParse(Calendar, json);
  if (data !== undefined) return checkCalendar(data);
  return error.issues.map(({ path, message }) => ({
    path: path.map((step) => `/${String(step)}`).join(""),
    problem: message,
  }));
}

function faulty(path: string, text: string, faults: readonly Fault[]): Failure {
  const lines = faults.map(({ path: pointer, problem, remedy }) => {
    const place = `line ${lineOfPointer(text, pointer)}, ${pointer === "" ? "the whole" : pointer}`;
    return printableLine(`${place}: ${problem}${remedy === undefined ? "" : `; ${remedy}`}`);
  });
  return new Failure([`${path} cannot be used:`, ...lines].join("\n  "));
}
