import type { Instant } from "@ithaca/domain";
import { memoryBodies } from "./content/memory-bodies.ts";
import type { ShippedRules } from "./rules/shipped-rules.ts";
import { type Store, storeOn } from "./store.ts";
import { memoryTable, type OnInsert } from "./table/memory-table.ts";
import type { Table } from "./table/table.ts";

/** What a store in memory is made of. */
export interface MemoryStoreOptions {
  clock: () => Instant;
  /** A number in [0, 1). */
  random: () => number;
  shipped: ShippedRules;
  /** Asks for the timeline each time by default. */
  rulesRefreshMs?: number;
  /** Called with each new item, as the table's stream would carry it. */
  onInsert?: OnInsert;
  /** What stands between the store and its table, such as one that loses answers. */
  through?: (table: Table) => Table;
}

/** A whole store in memory: for tests and the simulation. Nothing waits in it. */
export function openMemoryStore(options: MemoryStoreOptions): Store {
  const { clock, random, shipped, rulesRefreshMs = 0, onInsert, through = (table) => table } = options;
  return storeOn(through(memoryTable(onInsert)), memoryBodies(), {
    clock,
    random,
    shipped,
    rulesRefreshMs,
    pause: () => Promise.resolve(),
  });
}
