import { randomUUID } from "node:crypto";
import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { dynamoStores } from "@ithaca/store/contract/dynamo-stores";
import { afterAll, describe, expect, inject, test } from "vitest";
import { compareTables } from "../simulation/differential/compare-tables.ts";

/** Whole lanes, each with keys of its own, so that they can be compared at the same time. */
const LANES = ["a", "b", "c", "d"];
const OPERATIONS_A_LANE = 500;
const SEED = 2026;

describe("the table in memory, on which everything is simulated", () => {
  const { endpoint } = inject("desk");
  const place = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const stores = dynamoStores(place, `memory-${randomUUID()}`);
  const memory = openMemoryStore({ clock: () => instant(0), random: () => 0, shipped: shippedRules });

  afterAll(async () => (await stores).remove());

  test("answers whatever is asked of it as the local cloud's DynamoDB does", async () => {
    const { table } = await (await stores).openEmpty();
    const lanes = LANES.map((lane) => ({ seed: SEED, lane, operations: OPERATIONS_A_LANE }));
    const differences = await Promise.all(lanes.map((lane) => compareTables(memory.table, table, lane)));
    expect(differences.flat()).toEqual([]);
  });
});
