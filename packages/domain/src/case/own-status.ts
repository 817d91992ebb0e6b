import type { Policy, StatusKind } from "../policy/policy.ts";

/** The statuses that somebody can give a case by moving it there; resolving it is another thing. */
export const GIVEN = ["open", "waiting-on-customer", "waiting-on-fix", "waiting-until"] as const;
export type GivenStatus = (typeof GIVEN)[number];

/** What a code comes to: a status of every desk, and the one of the desk's own that is like it, if the code names one. */
export interface NamedStatus {
  readonly like: StatusKind;
  readonly ownStatus?: string;
}

/** The status that a code names, of every desk or by the policy; undefined when it names none that somebody can give. */
export function statusNamed({ statuses = [] }: Policy, code: string): NamedStatus | undefined {
  const shipped = GIVEN.find((one) => one === code);
  if (shipped !== undefined) return { like: shipped };
  const own = statuses.find((one) => one.code === code);
  return own && { like: own.like, ownStatus: own.code };
}
