import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { openStore } from "../open-store.ts";
import type { Store } from "../store.ts";
import { createTable } from "./empty-table.ts";
import { newSuffix, START } from "./example-appends.ts";
import { exampleRules } from "./example-rules.ts";
import type { ContractStores } from "./store-contract.ts";

/** Stores, each on a table and a bucket of its own, behind an endpoint, and how to take the tables away again. */
export async function dynamoStores(
  place: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } },
  prefix: string,
): Promise<ContractStores & { remove: () => Promise<void> }> {
  const dynamo = new DynamoDBClient(place);
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const tables: string[] = [];

  async function openEmpty(): Promise<Store> {
    const table = `${prefix}-${newSuffix()}`;
    const bucket = table.toLowerCase();
    tables.push(table);
    await Promise.all([createTable(dynamo, table), s3.send(new CreateBucketCommand({ Bucket: bucket }))]);
    return openStore({
      table,
      bucket,
      clock: () => START,
      random: Math.random,
      shipped: exampleRules(),
      rulesRefreshMs: 0,
      client: dynamo,
      contentEndpoint: place.endpoint,
    });
  }

  const one = await openEmpty();
  return {
    open: () => Promise.resolve(one),
    openEmpty,
    remove: async () => {
      for (const table of tables) await dynamo.send(new DeleteTableCommand({ TableName: table }));
    },
  };
}
