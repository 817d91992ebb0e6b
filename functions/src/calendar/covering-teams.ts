import type { RulesInForce, TeamCalendar } from "@ithaca/domain";

/** The teams that answer cases, with the hours that their promises are measured on. */
export function coveringTeams({ policy, calendar }: RulesInForce): TeamCalendar[] {
  return policy.teams.map(({ code, hours }) => ({ team: code, calendar: calendar(hours).calendar }));
}
