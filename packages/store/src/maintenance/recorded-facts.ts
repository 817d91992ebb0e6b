import { Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { isFactsItem } from "../items/facts-item.ts";
import { type ImageOfItem, imageOfItem } from "../items/stream-image.ts";
import { caseIdOfPartition, KEY_END, stateKey } from "../keys.ts";
import { readStretch } from "../paging/read-stretch.ts";
import type { Store } from "../store.ts";

/** Which facts are wanted; all of them when nothing is said. */
export interface FactsWanted {
  /** Only those of one case. */
  readonly caseId?: string;
  /** Only those that were recorded from this instant on. */
  readonly since?: Instant;
  /** Only those that were recorded before this instant. */
  readonly until?: Instant;
}

const FACTS_PREFIX = "FACTS#";

/**
 * Appends as the table's stream showed them when they were written, so that whoever publishes can publish them again. In
 * the order of their versions for each case; the cases in no order. For maintenance: without a case it reads the whole
 * table.
 */
export async function* recordedFacts(store: Store, wanted: FactsWanted): AsyncIterable<ImageOfItem> {
  const { caseId, since, until } = wanted;
  const items = caseId === undefined ? store.table.scan() : await readStretch(store.table, factsOfCase(caseId));
  for await (const item of items) {
    if (!isFactsItem(item) || caseIdOfPartition(item.pk) === undefined) continue;
    const at = z.decode(Instant, String(item.at));
    if (since !== undefined && at < since) continue;
    if (until !== undefined && at >= until) continue;
    // An import left the mark out, by which the publisher knows what is for others.
    yield imageOfItem({ ...item, announce: true });
  }
}

function factsOfCase(caseId: string) {
  return { partition: stateKey(caseId).pk, from: FACTS_PREFIX, until: `${FACTS_PREFIX}${KEY_END}` };
}
