import { Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import type { PolicyFault } from "./policy-fault.ts";

/** What reading a policy gives: the policy, or everything that is wrong with its shape. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: PolicyFault[] };

/** Reads a policy from JSON data. Whether its rules make sense together is for `lintPolicy` to say. */
export function parsePolicy(json: unknown): ParsedPolicy {
  const read = z.safeParse(Policy, json);
  if (read.success) return { ok: true, policy: read.data };

  return {
    ok: false,
    faults: read.error.issues.map((issue) => ({
      code: "invalid" as const,
      path: pointer(issue.path),
      problem: issue.message,
      remedy: "give the field a value that the policy's schema takes",
    })),
  };
}

/** A JSON pointer (RFC 6901) to a field. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
