import type { Policy } from "@ithaca/domain";
import { stringify } from "yaml";

/**
 * A policy as YAML: reading it gives the same policy. Nothing in it is an alias, so that each rule is edited alone. Where
 * its schema is told, editors complete it.
 */
export function policyYaml(policy: Policy, schemaUrl?: string): string {
  const head = schemaUrl === undefined ? "" : `# yaml-language-server: $schema=${schemaUrl}\n`;
  return head + stringify(policy, { aliasDuplicateObjects: false, lineWidth: 120 });
}
