import { project } from "@ithaca/domain";
import { isCounted } from "../cases/counts.ts";
import { NewerSchema } from "../items/newer-schema.ts";
import { caseIdOfPartition } from "../keys.ts";
import type { Store } from "../store.ts";
import type { Item } from "../table/table.ts";
import { countOutcomes, lacksOutcomes } from "./count-outcomes.ts";

/** What became of the cases that were looked at. */
export interface CasesCounted {
  /** All cases that the desk has. */
  looked: number;
  /** Those that were in no list's count, and are now. */
  counted: number;
  /** Those of which promises were missing in what the desk attained, and are there now. */
  attained: number;
  /** Those that only newer code can read. */
  newer: number;
}

/** So many cases are counted at the same time: of more, too many would meet in one of the items that hold the counts. */
const AT_ONCE = 4;

/** Somebody who changes a case counts it too: after so many changes of one in a row something else is wrong. */
const TRIES = 10;

/**
 * Counts what was last written before a desk kept counts: cases in those of the lists, promises in what was attained. Gives
 * how far it is after each page. Each is counted by the same write that says so, on the version that was read, so that
 * neither another such run nor a change at the same time counts it twice; a run that was broken off is run again. For
 * maintenance: it reads the whole table.
 */
export async function* countCases(store: Pick<Store, "cases" | "table">): AsyncGenerator<CasesCounted, void> {
  const progress: CasesCounted = { looked: 0, counted: 0, attained: 0, newer: 0 };
  let page: string[] = [];
  const countPage = async () => {
    for (const done of (await Promise.all(page.map((caseId) => count(store, caseId)))).flat()) progress[done] += 1;
    page = [];
    return { ...progress };
  };

  let partition: Item[] = [];
  for await (const item of store.table.scan()) {
    const caseId = caseIdOfPartition(item.pk);
    if (caseId === undefined) continue;
    if (partition[0]?.pk !== item.pk) partition = [];
    partition.push(item);
    // The state sorts last in its partition, so here the case is at its end.
    if (item.noun !== "case") continue;
    progress.looked += 1;
    if (!saysThatItIsCounted(item) || lacksOutcomes(caseId, partition)) page.push(caseId);
    if (page.length === AT_ONCE) yield await countPage();
  }
  yield await countPage();
}

/** As the item says it: newer code's may have a shape that cannot be read whole. */
function saysThatItIsCounted({ projection }: Item): boolean {
  return (projection as { atRisk?: unknown } | undefined)?.atRisk !== undefined;
}

async function count(
  { cases, table }: Pick<Store, "cases" | "table">,
  caseId: string,
): Promise<("counted" | "attained" | "newer")[]> {
  try {
    const listed = await untilSettled(caseId, () => countInLists(cases, caseId));
    const attained = await untilSettled(caseId, () => countOutcomes(table, caseId));
    return [...(listed ? ["counted" as const] : []), ...(attained ? ["attained" as const] : [])];
  } catch (error) {
    if (error instanceof NewerSchema) return ["newer"];
    throw error;
  }
}

/** Whether anything was to be counted, once nobody else is in the way. */
async function untilSettled(caseId: string, attempt: () => Promise<boolean | "conflict">): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const settled = await attempt();
    if (settled !== "conflict") return settled;
  }
  throw new Error(`${caseId} was changed by others ${TRIES} times in a row`);
}

async function countInLists(cases: Store["cases"], caseId: string): Promise<boolean | "conflict"> {
  const found = await cases.readWithProjection(caseId);
  if (found === undefined || isCounted(found.projection)) return false;
  const { dueAt, wakeAt } = found.projection;
  // What timers go by stays as it is: it is moved by those who set timers.
  const projection = { ...project(found.case, undefined), dueAt, wakeAt };
  return (await cases.rewriteProjection(caseId, found.case.version, projection)) || "conflict";
}
