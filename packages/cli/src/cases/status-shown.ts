import type { CaseJson } from "./case-json.ts";

/** The status of a case as people know it: the desk's own, where it is in one. */
export function statusShown({ status, ownStatus }: Pick<CaseJson, "status" | "ownStatus">): string {
  return ownStatus ?? status;
}
