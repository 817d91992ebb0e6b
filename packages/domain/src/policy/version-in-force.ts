import type { Instant } from "../time/instant.ts";
import type { InForce } from "./policy.ts";

/** The version in force at an instant: of those that have begun, the one that began last; the higher of two at once. */
export function versionInForce(listed: readonly InForce[], at: Instant): number | undefined {
  return listed
    .filter(({ from }) => from <= at)
    .reduce<InForce | undefined>((last, one) => {
      if (last === undefined || one.from > last.from) return one;
      return one.from === last.from && one.version > last.version ? one : last;
    }, undefined)?.version;
}

/** The version after all that there are, in force or not. Version 1 is what ships. */
export function nextVersion(listed: readonly Pick<InForce, "version">[]): number {
  return Math.max(1, ...listed.map(({ version }) => version)) + 1;
}
