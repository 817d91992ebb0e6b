import { DAY_MS, dateOfDay, type Instant } from "@ithaca/domain";

/** The year by UTC. */
export function yearOf(at: Instant): number {
  return Number(dateOfDay(Math.floor(at / DAY_MS)).slice(0, 4));
}
