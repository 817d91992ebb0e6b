import { project } from "@ithaca/domain";
import { isCounted } from "../cases/counts.ts";
import { NewerSchema } from "../items/newer-schema.ts";
import { caseIdOfPartition } from "../keys.ts";
import type { Store } from "../store.ts";
import type { Item } from "../table/table.ts";

/** What became of the cases that were looked at. */
export interface CasesCounted {
  /** All cases that the desk has. */
  looked: number;
  /** Those that were in no count, and are now. */
  counted: number;
  /** Those that only newer code can read. */
  newer: number;
}

/** So many cases are counted at the same time: of more, too many would meet in one of the items that hold the counts. */
const AT_ONCE = 4;

/** Somebody who changes a case counts it too: after so many changes of one in a row something else is wrong. */
const TRIES = 10;

/**
 * Counts the cases that were last written before cases were counted, and gives how far it is after each page. A case is
 * counted by the same write that says so, on the version that was read, so that neither another such run nor a change at
 * the same time counts it twice; a run that was broken off is run again. For maintenance: it reads the whole table.
 */
export async function* countCases(store: Pick<Store, "cases" | "table">): AsyncGenerator<CasesCounted, void> {
  const progress: CasesCounted = { looked: 0, counted: 0, newer: 0 };
  let page: string[] = [];
  const countPage = async () => {
    for (const outcome of await Promise.all(page.map((caseId) => count(store, caseId)))) {
      if (outcome !== undefined) progress[outcome] += 1;
    }
    page = [];
    return { ...progress };
  };

  for await (const item of store.table.scan()) {
    const caseId = item.noun === "case" ? caseIdOfPartition(item.pk) : undefined;
    if (caseId === undefined) continue;
    progress.looked += 1;
    if (!saysThatItIsCounted(item)) page.push(caseId);
    if (page.length === AT_ONCE) yield await countPage();
  }
  yield await countPage();
}

/** As the item says it: newer code's may have a shape that cannot be read whole. */
function saysThatItIsCounted({ projection }: Item): boolean {
  return (projection as { atRisk?: unknown } | undefined)?.atRisk !== undefined;
}

async function count({ cases }: Pick<Store, "cases">, caseId: string): Promise<"counted" | "newer" | undefined> {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const found = await cases.readWithProjection(caseId);
      if (found === undefined || isCounted(found.projection)) return undefined;
      const { dueAt, wakeAt } = found.projection;
      // What timers go by stays as it is: it is moved by those who set timers.
      const projection = { ...project(found.case, undefined), dueAt, wakeAt };
      if (await cases.rewriteProjection(caseId, found.case.version, projection)) return "counted";
    }
  } catch (error) {
    if (error instanceof NewerSchema) return "newer";
    throw error;
  }
  throw new Error(`${caseId} was changed by others ${TRIES} times in a row`);
}
