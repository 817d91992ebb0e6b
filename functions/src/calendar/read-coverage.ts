import { coverage, monthsAfter } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { coveringTeams } from "./covering-teams.ts";

/** Says when nobody is there in the months to come, and where a clock change moves what teams share. */
export async function readCoverage(
  { query, may }: Asked<"read-coverage">,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"read-coverage">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const from = query.from ?? clock();
  const covering = coveringTeams(await rulebooks.inForce(clock()));
  const { until, uncoveredMs, overlapMs, gaps, overlapChanges } = coverage(
    covering,
    from,
    monthsAfter(from, query.months),
  );

  const teams = covering.map(({ team, calendar: { id, version, zone } }) => ({ team, calendar: id, version, zone }));
  return {
    status: 200,
    body: {
      from,
      until,
      teams,
      uncoveredMs,
      overlapMs,
      gaps: gaps.map((gap) => ({ ...gap, holidays: [...gap.holidays] })),
      overlapChanges: overlapChanges.map((change) => ({ ...change, zones: [...change.zones] })),
    },
  };
}
