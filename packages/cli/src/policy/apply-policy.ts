import { shippedRules } from "@ithaca/policy";
import { type AppliedRules, applyRules, type RuleChange, type Rules } from "@ithaca/store";
import { Failure } from "../failure.ts";
import { faulty, type RulesFile, withPlaces } from "./rules-file.ts";

/** What is to be put in force: rules by the name of their file, and the version that they were made from. */
export interface PolicyToApply {
  readonly path: string;
  readonly file: RulesFile;
  readonly basedOn: number;
  /** An earlier version again: there is no file to make anew. */
  readonly isRevert?: boolean;
}

/**
 * Makes a new version of the policy, and of the calendars that come with it, in force from an instant that is still to
 * come. Throws a Failure that says why not; nothing has changed then.
 */
export async function applyPolicy(
  rules: Rules,
  toApply: PolicyToApply,
  change: RuleChange & { readonly movesUnfinished?: boolean | undefined },
): Promise<AppliedRules> {
  const { path, file, basedOn } = toApply;
  const { policy, calendars, placeOf } = file;
  const done = await applyRules(rules, shippedRules, { policy, calendars, basedOn, change });
  if (!("code" in done)) return done;
  switch (done.code) {
    case "too-soon":
      throw new Failure(done.why);
    case "faulty":
      throw faulty(
        path,
        withPlaces(
          done.faults.map((fault) => ({ code: "faulty", ...fault })),
          placeOf,
        ),
      );
    case "outdated":
      throw new Failure(outdated(toApply, done.inForce));
    case "changed-meanwhile":
      throw new Failure("Somebody else changed the rules meanwhile. Look at them, then apply again.");
  }
}

/** Why a policy that is not based on the version in force then is refused, and what to do. */
export function outdated({ path, basedOn, isRevert = false }: PolicyToApply, inForce: number): string {
  if (isRevert) {
    return `Version ${inForce} came up meanwhile, and this was to follow ${basedOn}. Nothing was done: see "ithaca policy history", then revert again.`;
  }
  return [
    `Version ${inForce} will be in force then, and ${path} is based on ${basedOn}: it would undo what was changed between.`,
    `See what: ithaca policy diff ${inForce} ${path}. Then make the edit anew, or apply with --base ${inForce}. Nothing was done.`,
  ].join("\n");
}
