import { Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import policy from "./shipped/policy.json" with { type: "json" };

/** The policy that ships, version 1: support-policy.md as data. */
export function shippedPolicy(): Policy {
  return z.parse(Policy, policy);
}
