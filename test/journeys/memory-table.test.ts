import { describe, expect, inject, test } from "vitest";
import { compareAtEndpoint } from "../simulation/differential/compare-at-endpoint.ts";

/** Some of what `npm run compare-tables` asks. */
const OPERATIONS = 2_000;
const SEED = 2026;

describe("the table in memory, on which everything is simulated", () => {
  test("answers whatever is asked of it as the local cloud's DynamoDB does", async () => {
    const { endpoint } = inject("desk");
    expect(await compareAtEndpoint({ endpoint, operations: OPERATIONS, seed: SEED })).toEqual([]);
  });
});
