import type { Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { policyOf, type Rules } from "@ithaca/store";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** A version of the policy; version 1 is the one that ships unless the store has its own. Throws a Failure when there is none. */
export async function needPolicy(rules: Pick<Rules, "policy">, version: number): Promise<Policy> {
  const policy = await policyOf(rules, shippedRules, version);
  if (policy === undefined) throw new Failure(`There is no version ${version} of the policy.`, EXIT.notThere);
  return policy;
}
