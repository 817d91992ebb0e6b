import { describe, expect, it } from "vitest";
import { ITEM_BYTES_MAX, itemBytes } from "./item-size.ts";
import { memoryTable } from "./memory-table.ts";

const key = { pk: "CASE#1", sk: "STATE" };

describe("when an item is kept in memory", () => {
  it("it is a copy without what is undefined, that nobody can change at any depth", async () => {
    const table = memoryTable();
    const state = { tags: ["a", undefined], gone: undefined };
    await table.put({ ...key, state });
    state.tags.push("b");
    const item = await table.get(key);
    expect(item).toStrictEqual({ ...key, state: { tags: ["a"] } });
    expect([item, item?.state, (item?.state as typeof state | undefined)?.tags].map(Object.isFrozen)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("what a change leaves is the same, and not a copy of it", async () => {
    const table = memoryTable();
    await table.put({ ...key, state: { tags: ["a"] }, version: 1 });
    const before = await table.get(key);
    expect(before?.state).toBeDefined();
    await table.update(key, { set: { version: 2 } }, [{ version: { equals: 1 } }]);
    const after = await table.get(key);
    expect(after).toEqual({ ...key, state: { tags: ["a"] }, version: 2 });
    expect(after?.state).toBe(before?.state);
  });

  it.each([
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a number that is none", Number.NaN],
    ["a number that is not held to its last digit", 1e21],
    ["an instant that is not written out", new Date(0)],
  ])("%s, which DynamoDB's client refuses or JSON does not know, is refused", async (_, value) => {
    await expect(memoryTable().put({ ...key, state: { value } })).rejects.toThrow();
  });
});

describe("when a number is counted up that is none", () => {
  it.each([["none"], [undefined]])("%s: that is refused, and nothing is changed", async (attempts) => {
    const table = memoryTable();
    await table.put({ ...key, attempts });
    await expect(
      table.update(key, { increment: "attempts", set: { version: 2 } }, [{ pk: { equals: key.pk } }]),
    ).rejects.toThrow();
    expect(await table.get(key)).not.toHaveProperty("version");
  });
});

describe("when a change names an attribute twice", () => {
  it.each([
    [{ set: { text: "kept?" }, remove: ["text"] }, "text"],
    [{ remove: ["attempts"], increment: "attempts" }, "attempts"],
    [{ remove: ["text", "text"] }, "text"],
  ])("%j: that is refused, also where its condition does not hold", async (change, name) => {
    const table = memoryTable();
    await table.put({ ...key, attempts: 1 });
    await expect(table.update(key, change, [{ attempts: { equals: 1 } }])).rejects.toThrow(`names ${name} twice`);
    await expect(table.update(key, change, [{ attempts: { equals: 2 } }])).rejects.toThrow(`names ${name} twice`);
    expect(await table.get(key)).toEqual({ ...key, attempts: 1 });
  });
});

describe("at DynamoDB's limits", () => {
  const named = (at: number, text = "") => ({ pk: "MANY", sk: `${at}`, text });
  const withText = (bytes: number) => ({ ...key, text: "x".repeat(bytes - itemBytes({ ...key, text: "" })) });

  it.each([
    [{ pk: "p", sk: "s" }, 6],
    [{ pk: "p", sk: "s", name: "é", yes: true, nothing: null }, 6 + 6 + 4 + 8],
    [{ pk: "p", sk: "s", list: [], parts: { a: "b" } }, 6 + 7 + 5 + 3 + 3],
    [{ pk: "p", sk: "s", n: 0 }, 6 + 2],
    [{ pk: "p", sk: "s", n: 99 }, 6 + 3],
    [{ pk: "p", sk: "s", n: 100 }, 6 + 3],
    [{ pk: "p", sk: "s", n: -101 }, 6 + 5],
    [{ pk: "p", sk: "s", n: 0.5 }, 6 + 3],
  ])("%j has %i bytes", (item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });

  it("an item has 400 KB and not a byte more, also by what is added to it", async () => {
    const table = memoryTable();
    await table.put(withText(ITEM_BYTES_MAX));
    await expect(table.put(withText(ITEM_BYTES_MAX + 1))).rejects.toThrow("409601 bytes");
    await expect(table.update(key, { set: { more: "" } }, [{ pk: { equals: key.pk } }])).rejects.toThrow("bytes");
    const amended = { amend: key, set: { more: "" }, condition: [{ pk: { equals: key.pk } }] };
    await expect(table.transact([{ put: named(1) }, amended])).rejects.toThrow("bytes");
    expect(await table.get(named(1))).toBeUndefined();
  });

  it("an item that is too large is refused whether its condition holds or not, and a change only where it holds", async () => {
    const table = memoryTable();
    const never = [{ version: { equals: 0 } }];
    await table.put({ ...key, version: 1 });
    await expect(table.put(withText(ITEM_BYTES_MAX + 1), never)).rejects.toThrow("bytes");
    const changed = await table.update(key, { set: { text: "x".repeat(ITEM_BYTES_MAX) } }, never);
    expect(changed.updated).toBe(false);
  });

  it("a text that takes more bytes than signs counts by its bytes", async () => {
    const text = "é".repeat(ITEM_BYTES_MAX / 2);
    await expect(memoryTable().put({ ...key, text })).rejects.toThrow("bytes");
  });

  it.each([
    ["partition key", { pk: "p".repeat(2_049), sk: "s" }],
    ["sort key", { pk: "p", sk: "s".repeat(1_025) }],
  ])("a %s that is a byte too long is refused", async (what, long) => {
    await expect(memoryTable().put(long)).rejects.toThrow(what);
  });

  it("a transaction writes 4 MB together, and not more", async () => {
    const table = memoryTable();
    const large = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ put: named(at, "x".repeat(400_000)) }));
    expect(await table.transact(large(10))).toEqual({ done: true });
    await expect(table.transact(large(11))).rejects.toThrow("transaction");
  });

  it.each([0, 101])("a transaction and a batch of %i are refused", async (count) => {
    const keys = Array.from({ length: count }, (_, at) => named(at));
    await expect(memoryTable().transact(keys.map((put) => ({ put })))).rejects.toThrow("at once");
    await expect(memoryTable().getMany(keys)).rejects.toThrow("at once");
  });

  it("a key is named once in a transaction or a batch", async () => {
    await expect(memoryTable().transact([{ put: key }, { remove: key }])).rejects.toThrow("once");
    await expect(memoryTable().getMany([key, key])).rejects.toThrow("once");
  });

  it("a hundred items of 400 KB, which DynamoDB gives in parts, are read at once", async () => {
    const table = memoryTable();
    const items = Array.from({ length: 100 }, (_, at) => named(at, "x".repeat(400_000)));
    for (const item of items) await table.put(item);
    expect(await table.getMany(items)).toEqual(items);
  });

  it("a stretch of more than 1 MB, which DynamoDB gives in pages, says truly whether it goes on", async () => {
    const table = memoryTable();
    for (let at = 0; at < 6; at += 1) await table.put(named(at, "x".repeat(400_000)));
    expect(await table.query({ partition: "MANY", limit: 5 })).toMatchObject({ items: { length: 5 }, more: true });
    expect(await table.query({ partition: "MANY", limit: 6 })).toMatchObject({ items: { length: 6 }, more: false });
  });
});
