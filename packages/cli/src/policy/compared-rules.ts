import type { Calendar, Instant, Policy } from "@ithaca/domain";
import { shippedCalendars, shippedRules } from "@ithaca/policy";
import type { ComparedRules } from "@ithaca/policy/diff";
import { calendarsAt, policyVersionAt } from "@ithaca/store";
import type { ReadRules } from "./desk-rules.ts";
import { readRulesFile } from "./rules-file.ts";
import { needPolicy } from "./rules-in-force.ts";

/** One side of a comparison: a file, a version of the desk's policy, or what is in force when neither is given. */
interface Side {
  readonly policy: Policy;
  /** The calendars that come with it; none of a version, for calendars have versions of their own. */
  readonly calendars: readonly Calendar[];
}

/** Whether an argument names a version and not a file. */
export function isVersion(argument: string | undefined): boolean {
  return argument === undefined || /^\d+$/.test(argument);
}

/**
 * Two sides to compare. Calendars are compared that a file brings along, with the other side's, or else with the desk's
 * that are in force; without a desk with those that ship.
 */
export async function comparedRules(
  before: string | undefined,
  after: string | undefined,
  desk: { readonly rules: ReadRules; readonly now: Instant } | undefined,
): Promise<[before: ComparedRules, after: ComparedRules]> {
  const sides = [await sideOf(before, desk), await sideOf(after, desk)] as const;
  const known = desk === undefined ? shippedCalendars() : await inForce(desk.rules, desk.now);
  const ids = new Set(sides.flatMap(({ calendars }) => calendars.map(({ id }) => id)));
  const completed = ({ policy, calendars }: Side): ComparedRules => ({
    policy,
    calendars: [...ids].flatMap((id) => [calendars, known].flat().find((calendar) => calendar.id === id) ?? []),
  });
  return [completed(sides[0]), completed(sides[1])];
}

async function sideOf(
  argument: string | undefined,
  desk: { readonly rules: ReadRules; readonly now: Instant } | undefined,
): Promise<Side> {
  if (argument !== undefined && !isVersion(argument)) return readRulesFile(argument);
  if (desk === undefined) throw new Error("a version is read from a desk");
  const { rules, now } = desk;
  const version =
    argument === undefined ? policyVersionAt(await rules.timeline(), shippedRules, now) : Number(argument);
  return { policy: await needPolicy(rules, version), calendars: [] };
}

async function inForce(rules: ReadRules, now: Instant): Promise<Calendar[]> {
  return calendarsAt(rules, shippedRules, await rules.timeline(), now);
}
