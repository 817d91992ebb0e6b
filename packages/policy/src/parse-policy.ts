import { Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import type { PolicyFault } from "./policy-fault.ts";

/** What reading a policy gives: the policy, or everything that is wrong with its shape. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: PolicyFault[] };

/**
 * Reads a policy from JSON data. A field that the schema does not know is a fault: a misspelt condition would match
 * everything. Whether the rules make sense together is for `lintPolicy` to say.
 */
export function parsePolicy(json: unknown): ParsedPolicy {
  const read = z.safeParse(Policy, json);
  if (read.success) {
    const faults = unknownFields(json, read.data, "");
    return faults.length > 0 ? { ok: false, faults } : { ok: true, policy: read.data };
  }

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

/** The fields that were given and that reading passed over; `$schema` is for editors. */
export function unknownFields(given: unknown, read: unknown, path: string): PolicyFault[] {
  if (!isObject(given) || !isObject(read)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const at = `${path}${pointer([name])}`;
    if (Object.hasOwn(read, name)) return unknownFields(value, read[name], at);
    if (at === "/$schema" || value === undefined) return [];
    return [
      {
        code: "unknown-field" as const,
        path: at,
        problem: `there is no field ${name} here`,
        remedy: "spell it as the policy's schema does, or remove it",
      },
    ];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A JSON pointer (RFC 6901) to a field. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
