import type { EventEntry } from "@ithaca/contracts";
import { BUS_BYTES_MAX, BUS_ENTRIES_MAX } from "../runtime/bus-limits.ts";

/** What EventBridge counts of an entry that is neither its source, its type nor its detail: the time, if it had one. */
const ENTRY_OVERHEAD_BYTES = 14;

/** The size of an entry as EventBridge counts it. */
export function entryBytes({ Source, DetailType, Detail }: EventEntry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail) + ENTRY_OVERHEAD_BYTES;
}

/** Entries in the batches that the bus takes, in their order. Each fits by itself: the caller has refused those that do not. */
export function busBatches<Entry extends { readonly entry: EventEntry }>(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let batch: Entry[] = [];
  let bytes = 0;
  for (const one of entries) {
    const size = entryBytes(one.entry);
    if (batch.length === BUS_ENTRIES_MAX || (batch.length > 0 && bytes + size > BUS_BYTES_MAX)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
