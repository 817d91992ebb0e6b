import {
  type AttainmentReport,
  countAttainment,
  countedCycles,
  monthIn,
  type NamedAttainmentRow,
  namedRows,
  sumAttainment,
} from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import type { CaseHistory } from "./history.ts";
import { same } from "./same.ts";

/** By everything, over more months than a world lasts. */
const ASKED = {
  from: "2000-01",
  to: "2199-12",
  by: ["metric", "priority", "team", "package", "month"],
} as const satisfies Pick<AttainmentReport, "from" | "to" | "by">;

/** Law 8: what the desk counted of its promises is what the facts of all cases tell. */
export function openAttainmentLaw(violated: (law: string, what: string) => void) {
  return {
    async atEnd({ attainment }: Store, cases: Iterable<CaseHistory>): Promise<void> {
      const counting = countAttainment(ASKED, monthIn("UTC"));
      for (const { caseId, appends } of cases) counting.add(countedCycles(appends, caseId));
      const sum = sumAttainment(ASKED);
      for (const counted of await attainment.counted(ASKED.from, ASKED.to)) sum.add(counted);

      const [told, counted] = [namedRows(counting.report()), namedRows(sum.report())];
      if (!same(told, counted)) violated("attainment", `the desk counted ${difference(counted, told)}`);
    },
  };
}

function difference(counted: readonly NamedAttainmentRow[], told: readonly NamedAttainmentRow[]): string {
  const of = (rows: readonly NamedAttainmentRow[]) => rows.map((row) => JSON.stringify(row));
  const only = (these: readonly string[], those: readonly string[]) => these.find((row) => !those.includes(row));
  const [here, there] = [of(counted), of(told)];
  return `${only(here, there) ?? "nothing more"}, and its facts tell ${only(there, here) ?? "nothing more"}`;
}
