import type { Policy } from "@ithaca/domain";
import { stringify } from "yaml";

/** A policy as YAML: reading it gives the same policy. Nothing in it is an alias, so that each rule is edited alone. */
export function policyYaml(policy: Policy): string {
  return stringify(policy, { aliasDuplicateObjects: false, lineWidth: 120 });
}
