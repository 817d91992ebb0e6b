import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { whenOpen } from "./when-open.ts";

/** Lists the calendars in force: whose hours they are, and whether somebody is there now. */
export async function listCalendars(
  { may }: Asked<"list-calendars">,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"list-calendars">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const at = clock();
  const { policy, calendars } = await rulebooks.inForce(at);

  const items = calendars().map(({ calendar: { id, version, name, zone }, hours }) => {
    const teams = policy.teams.filter((team) => team.hours === id || team.chatHours === id).map(({ code }) => code);
    return { id, version, name, zone, teams, ...whenOpen(hours, at) };
  });
  return { status: 200, body: { at, items } };
}
