import { beforeEach, describe, expect, test } from "vitest";
import type { Key } from "../keys.ts";
import { gatherReads } from "./gather-reads.ts";
import { memoryTable } from "./memory-table.ts";
import type { Table } from "./table.ts";

const keyOf = (name: string): Key => ({ pk: name, sk: "-" });

let under: Table;
let table: Table;
let trips: string[];

beforeEach(async () => {
  const memory = memoryTable();
  for (const name of ["a", "b", "c"]) await memory.put({ ...keyOf(name), name });
  trips = [];
  under = {
    ...memory,
    get: (key) => {
      trips.push(key.pk);
      return memory.get(key);
    },
    getMany: (keys) => {
      trips.push(keys.map(({ pk }) => pk).join());
      return memory.getMany(keys);
    },
  };
  table = gatherReads(under);
});

describe("reads that are asked for at the same time", () => {
  test("are one round trip, in which each key is asked for once", async () => {
    const read = await Promise.all([
      table.get(keyOf("a")),
      table.get(keyOf("absent")),
      table.getMany([keyOf("b"), keyOf("a")]),
      table.get(keyOf("a")),
    ]);
    expect(read).toMatchObject([{ name: "a" }, undefined, [{ name: "b" }, { name: "a" }], { name: "a" }]);
    expect(trips).toEqual(["a,absent,b"]);
  });

  test("are as many round trips as there are hundreds of keys", async () => {
    const names = Array.from({ length: 150 }, (_, at) => `n${at}`);
    expect(await Promise.all(names.map((name) => table.get(keyOf(name))))).toEqual(names.map(() => undefined));
    expect(trips.map((trip) => trip.split(",").length)).toEqual([100, 50]);
  });

  test("fail together", async () => {
    under.getMany = () => Promise.reject(new Error("throttled"));
    const read = await Promise.allSettled([table.get(keyOf("a")), table.get(keyOf("b"))]);
    expect(read.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

describe("a read by itself", () => {
  test("is a read by itself", async () => {
    expect(await table.get(keyOf("a"))).toMatchObject({ name: "a" });
    expect(await table.getMany([keyOf("a"), keyOf("b")])).toHaveLength(2);
    expect(await table.getMany([])).toEqual([]);
    expect(trips).toEqual(["a", "a,b"]);
  });

  test("sees what was written before it", async () => {
    await table.put({ ...keyOf("a"), name: "changed" });
    expect(await table.get(keyOf("a"))).toMatchObject({ name: "changed" });
  });
});
