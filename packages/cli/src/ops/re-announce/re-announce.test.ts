import { shippedRules } from "@ithaca/policy";
import { type ImageOfItem, openMemoryStore, type Store } from "@ithaca/store";
import { beforeEach, describe, expect, test } from "vitest";
import { NOW } from "../../fake-world.ts";
import { type ReAnnounced, reAnnounce } from "./re-announce.ts";

const APPENDS = 250;

let store: Store;
let batches: ImageOfItem[][];
let refused: number[];
const publisher = {
  publish: async (images: readonly ImageOfItem[]) => {
    batches.push([...images]);
    return refused;
  },
};

beforeEach(async () => {
  batches = [];
  refused = [];
  store = openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });
  for (let version = 1; version <= APPENDS; version += 1) {
    const sk = `FACTS#${String(version).padStart(10, "0")}`;
    await store.table.put({ pk: "CASE#case_148203917", sk, noun: "facts", version, at: "2026-03-02T15:00:00.000Z" });
  }
});

describe("when facts are announced again", () => {
  test("the publisher gets them in order, a hundred appends at once, marked to be announced", async () => {
    expect(await reAnnounce(store, publisher, {})).toEqual({ published: APPENDS, failed: 0 });
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
    const images = batches.flat();
    expect(images.map(({ version }) => Number(version?.N))).toEqual(images.map((_, at) => at + 1));
    expect(images.every(({ announce }) => announce?.BOOL === true)).toBe(true);
  });

  test("those that could not be are counted, and the others go on", async () => {
    refused = [3];
    const told: ReAnnounced[] = [];
    const done = await reAnnounce(store, publisher, {}, (so) => told.push(so));
    expect(done).toEqual({ published: APPENDS - 3, failed: 3 });
    expect(told.map(({ published }) => published)).toEqual([99, 198, 247]);
  });

  test("none of a case that has none leaves the publisher alone", async () => {
    expect(await reAnnounce(store, publisher, { caseId: "case_999999999" })).toEqual({ published: 0, failed: 0 });
    expect(batches).toEqual([]);
  });
});
