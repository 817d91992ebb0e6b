import type { CoverageStage, Instant, TeamCalendar } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";

/**
 * The teams of the policy in force from one instant to another, by the versions of their calendars: those in force now
 * and those to come, each from its own instant on. What is past is told by those in force now.
 */
export async function coverageStages(
  rulebooks: Ports["rulebooks"],
  now: Instant,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<CoverageStage[]> {
  const rules = await rulebooks.inForce(now, []);
  const { teams } = rules.policy;
  const begins = teams
    .flatMap(({ hours }) => rules.versionsOf(hours))
    .map((version) => version.from)
    .filter((at) => at > now && at > from && at < until);

  const calendarAt = async (id: string, at: Instant): Promise<TeamCalendar["calendar"]> => {
    const version = rules.versionsOf(id).findLast((listed) => listed.from <= at && listed.from > now);
    const toCome = version && (await rulebooks.calendar(id, version.version));
    return (toCome ?? rules.calendar(id)).calendar;
  };
  return Promise.all(
    [from, ...new Set(begins)]
      .sort((a, b) => a - b)
      .map(async (at) => ({
        from: at,
        teams: await Promise.all(
          teams.map(async ({ code, hours }) => ({ team: code, calendar: await calendarAt(hours, at) })),
        ),
      })),
  );
}
