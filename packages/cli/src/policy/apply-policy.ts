import { type Instant, toIso } from "@ithaca/domain";
import type { RuleChange, Rules } from "@ithaca/store";
import { Failure } from "../failure.ts";
import { checkRules, type RulesFile } from "./rules-file.ts";
import { calendarsAt, nextVersion } from "./rules-in-force.ts";

/** What was applied, for the line that says so. */
export interface AppliedPolicy {
  readonly policyVersion: number;
  readonly calendars: readonly { id: string; version: number }[];
  readonly inForceFrom: Instant;
}

/**
 * Makes a new version of the policy, and of the calendars that come with it, in force from an instant that is still to
 * come. Calendars go first, in force from the same instant, for a policy may name one that is new.
 * Clocks that run then keep the policy that promised, unless the change moves what is unfinished.
 */
export async function applyPolicy(
  rules: Rules,
  path: string,
  file: RulesFile,
  { movesUnfinished, ...change }: RuleChange & { readonly movesUnfinished?: boolean | undefined },
): Promise<AppliedPolicy> {
  const { at, inForceFrom } = change;
  if (inForceFrom < at)
    throw new Failure(`${toIso(inForceFrom)} is past: a version is in force from an instant to come.`);

  const timeline = await rules.timeline();
  checkRules(path, file, await calendarsAt(rules, timeline, inForceFrom));

  let { revision } = timeline;
  const written = async (done: Promise<boolean>) => {
    if (!(await done)) throw new Failure("Somebody else changed the rules meanwhile. Look at them, then apply again.");
    revision += 1;
  };
  const calendars = file.calendars.map((calendar) => ({
    ...calendar,
    version: nextVersion(timeline.calendars[calendar.id]),
  }));
  for (const calendar of calendars) await written(rules.putCalendar(calendar, change, revision));
  const policyVersion = nextVersion(timeline.policy);
  await written(rules.putPolicy({ ...file.policy, version: policyVersion }, { ...change, movesUnfinished }, revision));
  return { policyVersion, calendars: calendars.map(({ id, version }) => ({ id, version })), inForceFrom };
}
