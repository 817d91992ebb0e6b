import type { Key } from "../keys.ts";
import { lotsOf } from "./lots-of.ts";
import { BATCH_MAX, type Item, type Table } from "./table.ts";

/** Somebody who waits for the items of some keys. */
interface Asked {
  readonly keys: readonly Key[];
  readonly answer: (found: ReadonlyMap<string, Item>) => void;
  readonly fail: (error: unknown) => void;
}

/** Does something once all that is ready to run has run. */
type Soon = (work: () => void) => void;

/**
 * A table whose reads by key go together when they are asked for at the same time: the records of a batch, which are
 * handled side by side, cost one round trip where each would cost its own, and what several of them ask for (the desk,
 * the rules) is read once. Each read is as consistent as by itself, for it begins after it was asked for.
 */
export function gatherReads(table: Table, soon: Soon = setImmediate): Table {
  let waiting: Asked[] = [];

  const flush = () => {
    const together = waiting;
    waiting = [];
    void readTogether(table, together);
  };
  const ask = (keys: readonly Key[]) =>
    new Promise<ReadonlyMap<string, Item>>((answer, fail) => {
      if (waiting.length === 0) soon(flush);
      waiting.push({ keys, answer, fail });
    });

  return {
    ...table,
    get: async (key) => (await ask([key])).get(nameOf(key)),
    getMany: async (keys) => {
      const found = await ask(keys);
      return keys.flatMap((key) => found.get(nameOf(key)) ?? []);
    },
  };
}

async function readTogether(table: Table, together: readonly Asked[]): Promise<void> {
  const keys = new Map(together.flatMap((asked) => asked.keys).map((key) => [nameOf(key), key]));
  try {
    const found = await read(table, [...keys.values()]);
    for (const { answer } of together) answer(found);
  } catch (error) {
    for (const { fail } of together) fail(error);
  }
}

async function read(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<string, Item>> {
  const [only] = keys;
  if (only === undefined) return new Map();
  if (keys.length === 1) {
    const item = await table.get(only);
    return new Map(item && [[nameOf(item), item]]);
  }

  const items = (await Promise.all(lotsOf(keys, BATCH_MAX).map((lot) => table.getMany(lot)))).flat();
  return new Map(items.map((item) => [nameOf(item), item]));
}

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}
