import type { Rulebook, TeamCalendar } from "@ithaca/domain";

/** The teams that answer cases, with the hours that their promises are measured on. */
export function coveringTeams({ policy, calendar }: Rulebook): TeamCalendar[] {
  return policy.teams.map(({ code, hours }) => ({ team: code, calendar: calendar(hours).calendar }));
}
