import { type AttainmentReport, countAttainment, countedCycles, monthIn, sumAttainment } from "@ithaca/domain";
import type { Store } from "../store.ts";

/** By everything, over all months that a situation could be in. */
const ASKED = {
  from: "2026-01",
  to: "2028-12",
  by: ["metric", "priority", "team", "package", "month"],
} as const satisfies Pick<AttainmentReport, "from" | "to" | "by">;
const CASE_MAX_APPENDS = 500;

/** What a desk says that became of its promises, by what it counted. */
export async function attainedAsCounted(store: Store): Promise<Omit<AttainmentReport, "cases">> {
  const sum = sumAttainment(ASKED);
  for (const counted of await store.attainment.counted(ASKED.from, ASKED.to)) sum.add(counted);
  return sum.report();
}

/** What became of the promises of some cases, told by all their facts. */
export async function attainedByFacts(store: Store, ids: readonly string[]): Promise<Omit<AttainmentReport, "cases">> {
  const counting = countAttainment(ASKED, monthIn("UTC"));
  for (const caseId of ids) {
    const recorded = await store.cases.facts(caseId, 0, CASE_MAX_APPENDS);
    counting.add(
      countedCycles(
        recorded.map(({ facts }) => facts),
        caseId,
      ),
    );
  }
  const { cases: _cases, ...report } = counting.report();
  return report;
}
