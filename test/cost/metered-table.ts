import { type IndexName, type Item, keyOfWrite, type Store, TABLE_SHAPE } from "@ithaca/store";

type Table = Store["table"];

/** What DynamoDB would have charged for. */
export interface Capacity {
  writeUnits: number;
  readUnits: number;
}

const WRITE_UNIT_BYTES = 1_024;
const READ_UNIT_BYTES = 4_096;
/** A transaction is prepared and committed: each item costs twice. Its copies in indexes cost once. */
const TRANSACTION_FACTOR = 2;
const EVENTUAL_FACTOR = 0.5;

/** Counts what a table in memory is asked for by DynamoDB's rules, in whole units as on-demand tables are charged. */
export function meter(table: Table): Capacity {
  const used: Capacity = { writeUnits: 0, readUnits: 0 };
  const { get, getMany, query, put, update, transact } = table;
  const wrote = (before: Item | undefined, after: Item | undefined, factor: number) => {
    used.writeUnits += factor * writeUnits(Math.max(bytes(before), bytes(after))) + indexUnits(before, after);
  };

  Object.assign(table, {
    get: async (key) => {
      const item = await get(key);
      used.readUnits += readUnits(bytes(item));
      return item;
    },
    getMany: async (keys) => {
      const items = await getMany(keys);
      const missing = keys.length - items.length;
      used.readUnits += items.reduce((sum, item) => sum + readUnits(bytes(item)), missing);
      return items;
    },
    query: async (stretch) => {
      const found = await query(stretch);
      const units = readUnits(found.items.reduce((sum, item) => sum + bytes(item), 0));
      used.readUnits += stretch.index === undefined ? units : units * EVENTUAL_FACTOR;
      return found;
    },
    put: async (item, condition) => {
      const before = await get(item);
      wrote(before, item, 1);
      return await put(item, condition);
    },
    update: async (key, change, condition) => {
      const before = await get(key);
      const updated = await update(key, change, condition);
      wrote(before, updated.item, 1);
      return updated;
    },
    transact: async (writes) => {
      const keys = writes.map(keyOfWrite);
      const before = await Promise.all(keys.map((key) => get(key)));
      const done = await transact(writes);
      const after = await Promise.all(keys.map((key) => get(key)));
      for (const [at] of keys.entries()) wrote(before[at], after[at], TRANSACTION_FACTOR);
      return done;
    },
  } satisfies Partial<Table>);
  return used;
}

/** What an item's copies in the indexes cost: one that moves is removed and written. */
function indexUnits(before: Item | undefined, after: Item | undefined): number {
  const units = TABLE_SHAPE.indexes.map(({ name }) => {
    const [from, to] = [placeIn(name, before), placeIn(name, after)];
    const [old, now] = [writeUnits(bytes(before)), writeUnits(bytes(after))];
    if (from === to) return from === undefined ? 0 : Math.max(old, now);
    return (from === undefined ? 0 : old) + (to === undefined ? 0 : now);
  });
  return units.reduce((sum, one) => sum + one, 0);
}

function placeIn(index: IndexName, item: Item | undefined): string | undefined {
  return item?.[`${index}pk`] === undefined ? undefined : `${item[`${index}pk`]} ${item[`${index}sk`]}`;
}

function bytes(item: Item | undefined): number {
  return item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item));
}

function writeUnits(size: number): number {
  return Math.max(1, Math.ceil(size / WRITE_UNIT_BYTES));
}

function readUnits(size: number): number {
  return Math.max(1, Math.ceil(size / READ_UNIT_BYTES));
}
