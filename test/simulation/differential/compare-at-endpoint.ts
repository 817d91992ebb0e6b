import { randomUUID } from "node:crypto";
import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { openEmptyTable } from "@ithaca/store/contract/empty-table";
import { compareTables, type Difference } from "./compare-tables.ts";

/** What is to be compared with the table in memory, and how long. */
export interface Comparison {
  /** Whatever speaks as DynamoDB does. */
  readonly endpoint: string;
  readonly operations: number;
  readonly seed: number;
}

/** Whole lanes, each with keys of its own, so that they can be compared at the same time. */
const LANES = ["a", "b", "c", "d"];

/** Asks the table in memory and a new one behind an endpoint the same, and says where they differ. */
export async function compareAtEndpoint({ endpoint, operations, seed }: Comparison): Promise<Difference[]> {
  const { table, remove } = await openEmptyTable(placeOf(endpoint), `memory-${randomUUID()}`);
  const memory = openMemoryStore({ clock: () => instant(0), random: () => 0, shipped: shippedRules }).table;
  const share = (at: number) => Math.floor((operations + at) / LANES.length);
  try {
    const lanes = LANES.map((lane, at) => compareTables(memory, table, { seed, lane, operations: share(at) }));
    return (await Promise.all(lanes)).flat();
  } finally {
    await remove();
  }
}

/** An emulator takes any credentials; those that are in the environment are for an endpoint that asks for real ones. */
function placeOf(endpoint: string) {
  const region = process.env.AWS_REGION ?? "us-east-1";
  if (process.env.AWS_ACCESS_KEY_ID !== undefined) return { endpoint, region };
  return { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
}
