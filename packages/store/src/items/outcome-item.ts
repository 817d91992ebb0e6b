import { CountedCycle } from "@ithaca/domain";
import * as z from "zod/mini";
import { outcomeKey } from "../keys.ts";
import type { Item } from "../table/table.ts";

const OUTCOME = "outcome";

/** What became of a cycle as an item; of one that was met and goes on it says nothing. */
export function outcomeItem(caseId: string, cycle: string, outcome: CountedCycle | undefined): Item {
  const counted = outcome === undefined ? {} : { outcome: z.encode(CountedCycle, outcome) };
  return { ...outcomeKey(caseId, cycle), noun: OUTCOME, ...counted };
}

/** What an item says of a cycle, if anything. */
export function outcomeOf({ outcome }: Item): CountedCycle | undefined {
  return outcome === undefined ? undefined : z.decode(CountedCycle, outcome as z.input<typeof CountedCycle>);
}

/** Whether an item says what became of a cycle: it follows from the facts, so that an export leaves it out. */
export function isOutcomeItem(item: Item): boolean {
  return item.noun === OUTCOME;
}
