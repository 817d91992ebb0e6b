import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore, type Table } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { compareTables } from "./compare-tables.ts";

const SEED = 7;
const OPERATIONS = 2_000;

function memory(): Table {
  return openMemoryStore({ clock: () => instant(0), random: () => 0, shipped: shippedRules }).table;
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
  ])("one that %s is told apart", async (_, wrong) => {
    const table = memory();
    const different = { ...table, ...wrong(table) };
    const differences = await compareTables(memory(), different, { seed: SEED, lane: "wrong", operations: OPERATIONS });
    expect(differences.length).toBeGreaterThan(0);
  });
});
