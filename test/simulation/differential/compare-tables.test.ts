import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { type Item, itemBytes, openMemoryStore, type Table } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { chanceOf } from "../world/chance.ts";
import { answerOf, compareTables } from "./compare-tables.ts";
import { randomOperation } from "./random-operations.ts";

const SEED = 7;
const OPERATIONS = 2_000;
const MANY_OPERATIONS = 10_000;
const PAGE_BYTES = 1024 ** 2;

function memory(): Table {
  return openMemoryStore({ clock: () => instant(0), random: () => 0, shipped: shippedRules }).table;
}

/** All but the first of them. */
async function* behindFirst(items: AsyncIterable<Item>): AsyncIterable<Item> {
  let isFirst = true;
  for await (const item of items) {
    if (!isFirst) yield item;
    isFirst = false;
  }
}

describe("what is asked", () => {
  test("is of every kind, and some of each kind that can be refused is", async () => {
    const table = memory();
    const chance = chanceOf(SEED, "differential", "asked");
    const asked = { refused: new Set<string>(), answered: new Set<string>(), pages: 0 };
    for (let at = 0; at < MANY_OPERATIONS; at += 1) {
      const operation = randomOperation(chance, "asked");
      const answer = await answerOf(table, operation);
      asked[answer === "refused" ? "refused" : "answered"].add(operation.kind);
      if (operation.kind === "query") asked.pages += isLongerThanPage(answer) ? 1 : 0;
    }
    expect([...asked.refused].toSorted()).toEqual(["get-many", "put", "transact", "update"]);
    expect([...asked.answered].toSorted()).toEqual(["get", "get-many", "put", "query", "scan", "transact", "update"]);
    expect(asked.pages).toBeGreaterThan(10);
  });
});

/** Whether DynamoDB gives what was found in more than one answer. */
function isLongerThanPage(answer: unknown): boolean {
  const { items } = answer as { items: readonly Item[] };
  return items.reduce((sum, item) => sum + itemBytes(item), 0) > PAGE_BYTES;
}

describe("two tables that are alike", () => {
  test("answer alike", async () => {
    expect(await compareTables(memory(), memory(), { seed: SEED, lane: "same", operations: OPERATIONS })).toEqual([]);
  });
});

describe("a table that is wrong in one thing", () => {
  test.each<[string, (table: Table) => Partial<Table>]>([
    ["forgets conditions", (table) => ({ put: (item) => table.put(item) })],
    ["reads backwards", (table) => ({ query: (stretch) => table.query({ ...stretch, descending: true }) })],
    ["pages one short", (table) => ({ query: (stretch) => table.query({ ...stretch, limit: stretch.limit + 1 }) })],
    [
      "says nothing of why",
      (table) => ({ transact: async (writes) => ({ ...(await table.transact(writes)), failed: [] }) }),
    ],
    [
      "keeps what is removed",
      (table) => ({ update: (key, { set = {} }, condition) => table.update(key, { set }, condition) }),
    ],
    [
      "takes items that are too large",
      (table) => ({ put: (item, condition) => table.put(item, condition).catch(() => true) }),
    ],
    [
      "takes too much at once",
      (table) => ({ transact: (writes) => table.transact(writes).catch(() => ({ done: true })) }),
    ],
    ["reads too many at once", (table) => ({ getMany: (keys) => table.getMany(keys).catch(() => []) })],
    [
      "counts nothing up",
      (table) => ({ update: (key, { increment: _, ...change }, condition) => table.update(key, change, condition) }),
    ],
    ["leaves out what it scans first", (table) => ({ scan: (after) => behindFirst(table.scan(after)) })],
    [
      "takes what is not there for what has no such attribute",
      (table) => ({
        put: async (item, condition) => table.put(item, (await table.get(item)) === undefined ? undefined : condition),
      }),
    ],
  ])("one that %s is told apart", async (_, wrong) => {
    const table = memory();
    const different = { ...table, ...wrong(table) };
    const differences = await compareTables(memory(), different, { seed: SEED, lane: "wrong", operations: OPERATIONS });
    expect(differences.length).toBeGreaterThan(0);
  });
});
