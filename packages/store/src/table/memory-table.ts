import { INDEXES, type IndexName, type Key } from "../keys.ts";
import { requireNamedOnce } from "./change-names.ts";
import { requireTransactionSize } from "./item-size.ts";
import { itemBound, keptItem } from "./kept-item.ts";
import { openPartition, type Partition } from "./memory-partition.ts";
import {
  BATCH_MAX,
  type Change,
  type Comparison,
  type Condition,
  type Item,
  keyOfWrite,
  type Table,
  type Write,
} from "./table.ts";

/** What a stream would carry: an item that was not there before. */
export type OnInsert = (item: Item) => void;

/** A table in memory. Items go in as copies that nobody can change, so that they can be given to anybody. */
export function memoryTable(onInsert: OnInsert = () => {}): Table {
  const items = new Map<string, Map<string, Item>>();
  const partitions = new Map<string, Partition>();

  const read = ({ pk, sk }: Key) => items.get(pk)?.get(sk);

  function remove(key: Key): void {
    const before = read(key);
    if (before === undefined) return;
    items.get(key.pk)?.delete(key.sk);
    for (const { partition, place } of placesOf(before)) partitions.get(partition)?.remove(place, before);
  }

  function write(item: Item): Item {
    const isNew = read(item) === undefined;
    const stored = keptItem(item);
    remove(item);
    const ofKey = items.get(stored.pk) ?? new Map<string, Item>();
    items.set(stored.pk, ofKey.set(stored.sk, stored));
    for (const { partition, place } of placesOf(stored)) {
      const known = partitions.get(partition) ?? openPartition();
      partitions.set(partition, known);
      known.insert(place, stored);
    }
    if (isNew) onInsert(stored);
    return stored;
  }

  /** What a write leaves, if anything; refused as DynamoDB refuses it, which looks at sizes before it looks at conditions. */
  function resultOf(one: Write): Item | undefined {
    if ("put" in one) return keptItem(one.put);
    if ("amend" in one) return keptItem(changed(read(one.amend) ?? one.amend, one));
    return "addTo" in one ? keptItem(added(read(one.addTo) ?? { ...one.addTo }, one.amounts)) : undefined;
  }

  return {
    get: async (key) => read(key),

    getMany: async (keys) => {
      requireBatch(keys.length);
      requireDistinct(keys);
      return keys.flatMap((key) => read(key) ?? []);
    },

    transact: async (writes) => {
      requireBatch(writes.length);
      requireDistinct(writes.map(keyOfWrite));
      const results = writes.map(resultOf);
      requireTransactionSize(
        results.filter((item) => item !== undefined),
        itemBound,
      );
      const failed = writes.flatMap((one, place) => (holds(one.condition, read(keyOfWrite(one))) ? [] : [place]));
      if (failed.length > 0) return { done: false, failed };
      for (const [place, item] of results.entries()) {
        if (item !== undefined) write(item);
        else remove(keyOfWrite(writes[place] as Write));
      }
      return { done: true };
    },

    put: async (item, condition) => {
      const stored = keptItem(item);
      if (!holds(condition, read(item))) return false;
      write(stored);
      return true;
    },

    update: async (key, change, condition) => {
      requireNamedOnce(change);
      const before = read(key);
      if (!holds(condition, before)) return { updated: false, ...(before !== undefined && { item: before }) };
      return { updated: true, item: write(changed(before ?? key, change)) };
    },

    query: async (stretch) => {
      const partition = partitions.get(partitionName(stretch.partition, stretch.index));
      const found = partition?.stretch({ ...stretch, limit: stretch.limit + 1 }) ?? [];
      return { items: found.slice(0, stretch.limit), more: found.length > stretch.limit };
    },

    scan: async function* (after) {
      for (const pk of [...items.keys()].sort()) {
        const found = partitions.get(partitionName(pk))?.stretch({ limit: Number.POSITIVE_INFINITY }) ?? [];
        yield* after === undefined ? found : found.filter((item) => isBehind(item, after));
      }
    },
  };
}

const TABLE = "table ";

function partitionName(pk: string, index?: IndexName): string {
  return index === undefined ? `${TABLE}${pk}` : `${index} ${pk}`;
}

/** Where an item stands: in the table, and in each index whose key it has. */
function placesOf(item: Item): { partition: string; place: string }[] {
  const indexed = INDEXES.flatMap((index) => {
    const partition = item[`${index}pk`];
    return typeof partition === "string"
      ? [{ partition: partitionName(partition, index), place: String(item[`${index}sk`]) }]
      : [];
  });
  return [{ partition: partitionName(item.pk), place: item.sk }, ...indexed];
}

function isBehind({ pk, sk }: Key, after: Key): boolean {
  return pk > after.pk || (pk === after.pk && sk > after.sk);
}

function holds(condition: Condition | undefined, item: Item | undefined): boolean {
  if (condition === undefined) return true;
  return condition.some((alternative) => {
    if (alternative === "absent") return item === undefined;
    return (
      item !== undefined &&
      Object.entries(alternative).every(([name, comparison]) => compares(at(item, name), comparison))
    );
  });
}

/** An attribute, or one within another: `projection.atRisk`. */
function at(item: Item, path: string): unknown {
  if (!path.includes(".")) return item[path];
  return path
    .split(".")
    .reduce<unknown>((within, name) => (within as Record<string, unknown> | undefined)?.[name], item);
}

function compares(value: unknown, comparison: Comparison): boolean {
  if ("isAbsent" in comparison) return value === undefined;
  if (value === undefined) return false;
  if ("equals" in comparison) return JSON.stringify(value) === JSON.stringify(comparison.equals);
  return typeof value === typeof comparison.atMost && (value as string | number) <= comparison.atMost;
}

function added(before: Item, amounts: Readonly<Record<string, number>>): Item {
  const sums = Object.entries(amounts).map(([name, by]) => [name, Number(before[name] ?? 0) + by]);
  return { ...before, ...Object.fromEntries(sums) };
}

function changed(before: Item | Key, { set, remove = [], increment }: Change): Item {
  const item: Item = { ...before, ...set };
  const counted = increment === undefined ? {} : { [increment]: oneMore(item[increment], increment) };
  return {
    ...Object.fromEntries(Object.entries(item).filter(([name]) => !remove.includes(name))),
    ...counted,
    pk: before.pk,
    sk: before.sk,
  };
}

function oneMore(value: unknown, name: string): number {
  if (typeof value !== "number") throw new TypeError(`${name} is no number to add to`);
  return value + 1;
}

function requireBatch(size: number): void {
  if (size < 1 || size > BATCH_MAX) throw new RangeError(`${size} items at once: the table takes 1 to ${BATCH_MAX}`);
}

function requireDistinct(keys: readonly Key[]): void {
  const names = new Set(keys.map(({ pk, sk }) => `${pk} ${sk}`));
  if (names.size < keys.length) throw new Error("a transaction or a batch names each item once");
}
