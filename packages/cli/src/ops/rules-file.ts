import { Calendar, checkCalendar, type Policy } from "@ithaca/domain";
import { lintPolicy, parsePolicy } from "@ithaca/policy";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";
import { parseJson } from "./directory-file.ts";

/** A policy, and the calendars that come new with it. The versions in the file are of no account. */
export interface RulesFile {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
}

const WithCalendars = z.object({ policy: z.unknown(), calendars: z.optional(z.array(Calendar)) });

/** Reads a file that holds a policy by itself, or `{ "policy": …, "calendars": […] }`. Throws a Failure. */
export function readRulesFile(path: string): RulesFile {
  const json = parseJson(readTextFile(path), path);
  const both = typeof json === "object" && json !== null && "policy" in json ? json : { policy: json };
  const read = z.safeParse(WithCalendars, both);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Failure(`${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not valid"}.`);
  }
  const parsed = parsePolicy(read.data.policy);
  if (!parsed.ok) throw faulty(path, parsed.faults);
  return { policy: parsed.policy, calendars: read.data.calendars ?? [] };
}

/**
 * Refuses rules that cannot decide every case: with the file's calendars, and those in force that it does not replace.
 * Throws a Failure that names every fault.
 */
export function checkRules(path: string, { policy, calendars }: RulesFile, inForce: readonly Calendar[]): void {
  const calendarFaults = calendars.flatMap((calendar, at) =>
    checkCalendar(calendar).map((fault) => ({ ...fault, path: `/calendars/${at}${fault.path}` })),
  );
  if (calendarFaults.length > 0) throw faulty(path, calendarFaults);

  const kept = inForce.filter(({ id }) => !calendars.some((calendar) => calendar.id === id));
  const faults = lintPolicy(policy, [...calendars, ...kept]);
  if (faults.length > 0) throw faulty(path, faults);
}

function faulty(path: string, faults: readonly { path: string; problem: string; remedy: string }[]): Failure {
  const lines = faults.map((fault) => printableLine(`${fault.path}: ${fault.problem}; ${fault.remedy}`));
  return new Failure([`${path} cannot be applied:`, ...lines].join("\n  "));
}
