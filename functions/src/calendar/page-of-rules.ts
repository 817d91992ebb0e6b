import { DAY_MS, dateOfDay, type Instant, type LocalDate, type Rulebook, zoneClock } from "@ithaca/domain";

/** For how long a cache may show a page that is not of the newest rules. */
export const KEPT_SECONDS = 300;

/** The date on the wall of a zone. */
export function dateIn(zone: string, at: Instant): LocalDate {
  return dateOfDay(zoneClock(zone).dayHolding(at));
}

/** The year by UTC. */
export function yearOf(at: Instant): number {
  return Number(dateOfDay(Math.floor(at / DAY_MS)).slice(0, 4));
}

/** Names the rules that a page of all calendars is made of. */
export function tagOfRules({ policy, calendars }: Rulebook): string {
  const versions = calendars().map(({ calendar: { id, version } }) => `${id}.${version}`);
  return [`policy.${policy.version}`, ...versions.sort()].join("-");
}
