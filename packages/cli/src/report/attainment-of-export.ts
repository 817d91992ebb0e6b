import { type AttainmentReport, countAttainment, countedCycles, HORIZON, instant, monthIn } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openExport } from "@ithaca/store";
import type { World } from "../world.ts";
import { type AttainmentAsked, monthRange } from "./attainment-options.ts";

/**
 * Counts the attainment of the cases of an export from their facts, and asks no desk; one part of the export is in memory
 * at a time. Without a range it is for the month in which the export was made.
 */
export async function attainmentOfExport(
  world: World,
  directory: string,
  asked: AttainmentAsked,
  zone: string,
): Promise<AttainmentReport> {
  const onPart = (done: number, of: number) => world.err.write(`part ${done} of ${of} …\n`);
  const opened = await openExport(directory, { shipped: shippedRules, onPart });
  const monthOf = monthIn(zone);
  const range = monthRange(asked, monthOf(opened.manifest.exportedAt));
  const counting = countAttainment({ ...range, by: asked.by }, monthOf);
  // A case that was opened long before the range can have a cycle in it.
  for await (const { caseId, appends } of opened.cases(instant(0), HORIZON)) {
    counting.add(countedCycles(appends, caseId));
  }
  return counting.report();
}
