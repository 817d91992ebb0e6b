import { Calendar, type Instant, type Policy } from "@ithaca/domain";
import { parsePolicy, type RulesFault, rulesFaults, unknownFields } from "@ithaca/policy";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";
import { readPlaced } from "./placed-document.ts";

/** A policy, and the calendars that come new with it. The versions in the file are of no account. */
export interface RulesFile {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
  /** The "line:column" of what a fault's path points to, where the rules come from a file. */
  readonly placeOf?: (pointer: string) => string;
}

/** Something wrong in a file of rules; `place` is its "line:column". */
export type PlacedFault = RulesFault & { readonly place?: string | undefined };

const WithCalendars = z.object({ policy: z.unknown(), calendars: z.optional(z.array(Calendar)) });

/** What reading a file of rules gives: the rules, or everything that is wrong with their shape. */
export type ReadRules =
  | { readonly ok: true; readonly file: RulesFile }
  | { readonly ok: false; readonly faults: PlacedFault[] };

/**
 * Reads a YAML or JSON file that holds a policy by itself, or `{ "policy": …, "calendars": […] }`. Throws a Failure when
 * it cannot be read as either.
 */
export function findRules(path: string): ReadRules {
  const { value, placeOf } = readPlaced(readTextFile(path), path);
  const isWrapped = typeof value === "object" && value !== null && "policy" in value;
  const placed = (pointer: string) => placeOf(keysOf(isWrapped ? pointerInFile(pointer) : pointer));

  const read = z.safeParse(WithCalendars, isWrapped ? value : { policy: value });
  if (!read.success) {
    const faults = read.error.issues.map((issue) => ({
      code: "invalid",
      path: `/${issue.path.join("/")}`,
      problem: issue.message,
      remedy: "give the field a value that a calendar's schema takes",
    }));
    return { ok: false, faults: withPlaces(faults, placed) };
  }
  const parsed = parsePolicy(read.data.policy);
  const beside = isWrapped ? unknownFields({ ...value, policy: {} }, { ...read.data, policy: {} }, "") : [];
  const faults = [
    ...withPlaces(beside, (pointer) => placeOf(keysOf(pointer))),
    ...withPlaces(parsed.ok ? [] : parsed.faults, placed),
  ];
  if (!parsed.ok || faults.length > 0) return { ok: false, faults };
  return { ok: true, file: { policy: parsed.policy, calendars: read.data.calendars ?? [], placeOf: placed } };
}

/** As `findRules`; throws a Failure that names every fault. */
export function readRulesFile(path: string): RulesFile {
  const read = findRules(path);
  if (!read.ok) throw faulty(path, read.faults);
  return read.file;
}

/** What keeps rules from deciding every case: with the file's calendars, and those in force that it does not replace. */
export function faultsOf(
  { policy, calendars, placeOf }: RulesFile,
  inForce: readonly Calendar[],
  from: Instant,
): PlacedFault[] {
  return withPlaces(rulesFaults(policy, calendars, inForce, from), placeOf);
}

/** Refuses rules with a fault. Throws a Failure that names each. */
export function checkRules(path: string, file: RulesFile, inForce: readonly Calendar[], from: Instant): void {
  const faults = faultsOf(file, inForce, from);
  if (faults.length > 0) throw faulty(path, faults);
}

/** Faults with the places that they have in a file. */
export function withPlaces(
  faults: readonly PlacedFault[],
  placeOf: ((pointer: string) => string) | undefined,
): PlacedFault[] {
  return faults.map((fault) => ({ ...fault, place: placeOf?.(fault.path) }));
}

/** A fault as one line: "policy.yaml:12:5: /teams/0/hours: there is no calendar x; name one of: …". */
export function faultLine(path: string, { place, path: pointer, problem, remedy }: PlacedFault): string {
  const where = place === undefined ? "" : `${path}:${place}: `;
  return printableLine(`${where}${pointer}: ${problem}; ${remedy}`);
}

/** Faults of a file as one Failure that names each. */
export function faulty(path: string, faults: readonly PlacedFault[]): Failure {
  return new Failure([`${path} cannot be applied:`, ...faults.map((fault) => faultLine(path, fault))].join("\n  "));
}

/** A policy's own pointers begin at the policy, those of calendars at the file. */
function pointerInFile(pointer: string): string {
  return pointer.startsWith("/calendars/") ? pointer : `/policy${pointer}`;
}

/** The keys that a JSON pointer stands for. */
export function keysOf(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
