import { describe, expect, it } from "vitest";
import { memoryTable } from "./memory-table.ts";

const key = { pk: "CASE#1", sk: "STATE" };

describe("when an item is kept in memory", () => {
  it("it is a copy without what is undefined, that nobody can change at any depth", async () => {
    const table = memoryTable();
    const state = { tags: ["a", undefined], gone: undefined };
    await table.put({ ...key, state });
    state.tags.push("b");
    const item = await table.get(key);
    expect(item).toStrictEqual({ ...key, state: { tags: ["a", null] } });
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

  it("what has a JSON of its own is kept as that, a number that is none as null", async () => {
    const table = memoryTable();
    await table.put({ ...key, at: new Date(0), share: Number.NaN });
    expect(await table.get(key)).toEqual({ ...key, at: "1970-01-01T00:00:00.000Z", share: null });
  });

  it.each([
    ["a bigint", 1n],
    ["a function", () => 1],
  ])("%s, which is no JSON, is refused", async (_, value) => {
    await expect(memoryTable().put({ ...key, state: { value } })).rejects.toThrow();
  });
});
