import { plus, SECOND_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { BY, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { factsItem, factsOf } from "../items/facts-item.ts";
import { itemOfImage } from "../items/stream-image.ts";
import { stateKey } from "../keys.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { Store } from "../store.ts";
import { type FactsWanted, recordedFacts } from "./recorded-facts.ts";

let store: Store;
beforeEach(async () => {
  store = openMemoryStore({ clock: () => START, random: Math.random, shipped: exampleRules() });
  for (const caseId of ["case_111111111", "case_222222222"]) {
    for (const version of [1, 2, 10]) {
      const at = plus(START, version * SECOND_MS);
      const facts = [{ type: "CaseTaken", assigneeId: "prin_a", at, by: BY } as const];
      await store.table.put(factsItem({ caseId, version, at, facts }, version !== 2));
    }
    await store.table.put({ ...stateKey(caseId), noun: "case" });
  }
  await store.table.put({ pk: "DESK", sk: "STATE", noun: "desk" });
});

async function versions(wanted: FactsWanted): Promise<string[]> {
  const found: string[] = [];
  for await (const image of recordedFacts(store, wanted)) {
    const item = itemOfImage(image);
    expect(item.announce).toBe(true);
    const { caseId, version } = factsOf(item);
    found.push(`${caseId} ${version}`);
  }
  return found;
}

describe("the facts that were recorded", () => {
  test("are all there, each case's in their order, imported ones too, to be announced", async () => {
    const found = await versions({});
    expect(found).toHaveLength(6);
    expect(found.filter((one) => one.startsWith("case_2"))).toEqual([
      "case_222222222 1",
      "case_222222222 2",
      "case_222222222 10",
    ]);
  });

  test("are those of a case when one is named", async () => {
    expect(await versions({ caseId: "case_111111111" })).toEqual([
      "case_111111111 1",
      "case_111111111 2",
      "case_111111111 10",
    ]);
    expect(await versions({ caseId: "case_999999999" })).toEqual([]);
  });

  test("are those of a while: its beginning counts, its end does not", async () => {
    const between = { since: plus(START, 2 * SECOND_MS), until: plus(START, 10 * SECOND_MS) };
    expect(await versions({ caseId: "case_111111111", ...between })).toEqual(["case_111111111 2"]);
  });
});
