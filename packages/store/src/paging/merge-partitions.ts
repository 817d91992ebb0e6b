import type { IndexName } from "../keys.ts";
import type { Page } from "../ports/cases.ts";
import type { Item, Table } from "../table/table.ts";
import { cursorAt } from "./cursor.ts";

/** A stretch of an index over all its partitions. */
export interface Spread {
  index: IndexName;
  partitions: readonly string[];
  /** Both ends are included. */
  from?: string;
  until?: string;
  limit: number;
}

export interface Merged {
  items: Item[];
  /** The place of the last item, when there may be more behind it. */
  lastPlace?: string;
}

/**
 * Reads the partitions of an index at once and merges them in the order of their sort keys. A partition that was not
 * read to its end says nothing about what comes after its last item, so the page ends there at the latest.
 */
export async function mergePartitions(table: Table, spread: Spread): Promise<Merged> {
  const { index, partitions, limit, ...ends } = spread;
  const read = await Promise.all(partitions.map((partition) => table.query({ index, partition, limit, ...ends })));
  const placed = ({ items }: { items: readonly Item[] }) =>
    items.map((item) => ({ item, place: String(item[`${index}sk`]) }));

  const unfinished = read.filter(({ more }) => more).flatMap((one) => placed(one).at(-1)?.place ?? []);
  const horizon = unfinished.sort()[0];
  const all = read.flatMap(placed).sort((a, b) => (a.place < b.place ? -1 : 1));
  const known = horizon === undefined ? all : all.filter(({ place }) => place <= horizon);

  const page = known.slice(0, limit);
  const last = page.at(-1);
  const more = horizon !== undefined || known.length > limit;
  return { items: page.map(({ item }) => item), ...(more && last !== undefined && { lastPlace: last.place }) };
}

/** A page of what was merged, with a cursor when there may be more. */
export function pageOf<One>(items: One[], { lastPlace }: Merged): Page<One> {
  return { items, ...(lastPlace !== undefined && { cursor: cursorAt(lastPlace) }) };
}
