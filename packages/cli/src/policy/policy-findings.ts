import type { Instant } from "@ithaca/domain";
import { shadowedRules, shippedCalendars } from "@ithaca/policy";
import { faultsOf, findRules, type PlacedFault, withPlaces } from "./rules-file.ts";

/** Something that a policy's author should know; an error keeps the policy from being applied. */
type Finding = PlacedFault & { readonly severity: "error" | "warning" };

/** All that is wrong in a file of rules, by the calendars that it brings along and those that ship, judged from an instant on. */
export function findingsOf(path: string, now: Instant): Finding[] {
  const read = findRules(path);
  if (!read.ok) return read.faults.map((fault) => ({ ...fault, severity: "error" }));
  const { file } = read;
  return [
    ...faultsOf(file, shippedCalendars(), now).map((fault): Finding => ({ ...fault, severity: "error" })),
    ...withPlaces(shadowedRules(file.policy), file.placeOf).map(
      (fault): Finding => ({ ...fault, severity: "warning" }),
    ),
  ];
}
