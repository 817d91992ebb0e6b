import type { IndexName, Key } from "../keys.ts";

/** What a table holds under a key: plain JSON values, instants as ISO 8601. */
export type Item = Key & { readonly [attribute: string]: unknown };

/** What an attribute must be. Compared only where it is there: two missing attributes are not equal. */
export type Comparison =
  | { readonly equals: string | number | boolean | readonly string[] }
  | { readonly atMost: string | number }
  | { readonly isAbsent: true };
/** By the names of attributes; `projection.atRisk` is an attribute within another. */
export type Where = { readonly [attribute: string]: Comparison };

/** Holds when any of its alternatives does: there is no such item, or there is one with all these attributes. */
export type Condition = readonly ("absent" | Where)[];

export const IF_ABSENT: Condition = ["absent"];

/** One write of a transaction; all of them happen or none. */
export type Write =
  | { readonly put: Item; readonly condition?: Condition }
  | { readonly remove: Key; readonly condition?: Condition }
  /** Sets attributes of an item that is there, and leaves its others. */
  | { readonly amend: Key; readonly set: { readonly [attribute: string]: unknown }; readonly condition: Condition }
  /**
   * Adds to the numbers of an item, which begin at 0. A sum has no condition of its own: another write of the same
   * transaction must have one that the transaction itself ends, so that a repeat adds nothing (threats.md, 23).
   */
  | { readonly addTo: Key; readonly amounts: Readonly<Record<string, number>>; readonly condition?: never };

/** The item that a write is about. */
export function keyOfWrite(write: Write): Key {
  if ("put" in write) return write.put;
  if ("addTo" in write) return write.addTo;
  return "amend" in write ? write.amend : write.remove;
}

export type Transacted =
  | { readonly done: true }
  /** The places of the writes whose conditions did not hold; none: somebody else was writing the same items. */
  | { readonly done: false; readonly failed: readonly number[] };

/** What becomes of an item's attributes; each is named once. */
export interface Change {
  readonly set?: { readonly [attribute: string]: unknown };
  readonly remove?: readonly string[];
  /** Adds one to a number. Only under a condition that the change itself ends, so that a repeat counts nothing. */
  readonly increment?: string;
}

export type Updated =
  | { readonly updated: true; readonly item: Item }
  /** The condition did not hold; the item as it is, if there is one. */
  | { readonly updated: false; readonly item?: Item };

/** A stretch of one partition, both ends included, in the order of the sort keys. */
export interface Stretch {
  /** The table itself when absent. */
  readonly index?: IndexName;
  readonly partition: string;
  readonly from?: string;
  readonly until?: string;
  readonly descending?: boolean;
  readonly limit: number;
}

interface Stretched {
  readonly items: readonly Item[];
  /** Whether the stretch goes on after the last item. */
  readonly more: boolean;
}

/** The most keys of one `getMany` and the most writes of one transaction: DynamoDB's limits. */
export const BATCH_MAX = 100;

/**
 * The one table under every store, so that their logic is written once and DynamoDB and memory differ in this alone.
 * Reads by key and of the table itself are consistent; an index may lag.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** In one round trip, in no particular order; keys that are not there are left out. */
  getMany(keys: readonly Key[]): Promise<Item[]>;
  transact(writes: readonly Write[]): Promise<Transacted>;
  /** A transaction of one, without its cost; false when the condition did not hold. */
  put(item: Item, condition?: Condition): Promise<boolean>;
  update(key: Key, change: Change, condition: Condition): Promise<Updated>;
  query(stretch: Stretch): Promise<Stretched>;
  /** Everything there is, or what comes after an item; partition after partition, in each by sort key. For maintenance only. */
  scan(after?: Key): AsyncIterable<Item>;
}
