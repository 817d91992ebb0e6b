import { CASE_SCHEMA } from "@ithaca/domain";
import { outcomesByFacts, outcomesToWrite } from "../attainment/outcomes-by-facts.ts";
import { caseOf, ifAsRecounted } from "../items/case-item.ts";
import { factsOf, isFactsItem } from "../items/facts-item.ts";
import { isOutcomeItem } from "../items/outcome-item.ts";
import { KEY_END, outcomeKey, stateKey } from "../keys.ts";
import { readStretch } from "../paging/read-stretch.ts";
import type { Item, Table } from "../table/table.ts";

/**
 * Counts the outcomes of a case that are older than what a desk counts as attained, from its facts. Each is written with
 * its count, if it is not there yet and the case is as it was read: so none is counted twice, whoever else counts or
 * changes it. Whether any was missing; "conflict" when somebody was faster. Throws NewerSchema.
 */
export async function countOutcomes(table: Table, caseId: string): Promise<boolean | "conflict"> {
  const key = stateKey(caseId);
  const items = await readStretch(table, { partition: key.pk, until: KEY_END });
  const stored = items.find(({ noun }) => noun === "case");
  if (stored === undefined) return false;
  const { case: state, recounted } = caseOf(stored);
  const missing = missingOutcomes(caseId, items, state.version);
  if (missing === "conflict") return "conflict";

  let times = recounted;
  for (const writes of outcomesToWrite(state, missing)) {
    // Whoever read the case before knew less of it, and must read it again.
    const unchanged = { version: { equals: state.version }, ...ifAsRecounted({ recounted: times }) };
    times = (times ?? 0) + 1;
    const told = { amend: key, set: { recounted: times }, condition: [unchanged] };
    if (!(await table.transact([told, ...writes])).done) return "conflict";
  }
  return missing.size > 0;
}

/** Whether outcomes of a case may be missing, by what a scan gave of it: its state last. */
export function lacksOutcomes(caseId: string, partition: readonly Item[]): boolean {
  const state = partition.at(-1);
  // Whoever counts finds out that newer code wrote it.
  if (state === undefined || Number(state.schema) > CASE_SCHEMA) return true;
  const missing = missingOutcomes(caseId, partition, Number(state.version));
  return missing === "conflict" || missing.size > 0;
}

/** The outcomes that the facts of a case tell and its items do not; "conflict" when facts up to the version are missing. */
function missingOutcomes(caseId: string, items: readonly Item[], version: number) {
  const appends = items.filter((item) => isFactsItem(item) && Number(item.version) <= version).map(factsOf);
  if (appends.length !== version) return "conflict";
  const known = new Set(items.filter(isOutcomeItem).map(({ sk }) => sk));
  const told = [...outcomesByFacts(caseId, appends)];
  return new Map(told.filter(([cycle]) => !known.has(outcomeKey(caseId, cycle).sk)));
}
