import { renderYearStrip, STRIP_TEAMS_MAX } from "@ithaca/policy/publish";
import type { Page, Visit } from "../runtime/on-visit.ts";
import type { Ports } from "../runtime/ports.ts";
import { coveringTeams } from "./covering-teams.ts";
import { yearOf } from "./year-of.ts";

/** Draws a year of the desk's teams; of more than two, the first two. */
export async function drawCoverage(
  { query }: Visit<"draw-coverage">,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<Page> {
  const now = clock();
  const year = query.year ?? yearOf(now);
  const teams = coveringTeams(await rulebooks.inForce(now)).slice(0, STRIP_TEAMS_MAX);
  return { media: "image/svg+xml", text: renderYearStrip({ year, teams }) };
}
