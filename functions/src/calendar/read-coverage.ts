import { coverageOverTime, monthsAfter } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { coverageStages } from "./coverage-stages.ts";

/**
 * Says when nobody is there in the months to come, and where a clock change moves what teams share: by the calendars in
 * force and those to come.
 */
export async function readCoverage(
  { query, may }: Asked<"read-coverage">,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"read-coverage">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const from = query.from ?? clock();
  const until = monthsAfter(from, query.months);
  const stages = await coverageStages(rulebooks, clock(), { from, until });
  const { uncoveredMs, overlapMs, gaps, overlapChanges } = coverageOverTime(stages, until);

  const teams = (stages[0]?.teams ?? []).map(({ team, calendar: { id, version, zone } }) => ({
    team,
    calendar: id,
    version,
    zone,
  }));
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
