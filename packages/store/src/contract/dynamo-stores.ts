import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { TABLE_SHAPE } from "../keys.ts";
import { openStore } from "../open-store.ts";
import type { Store } from "../store.ts";
import { newSuffix, START } from "./example-appends.ts";
import { exampleRules } from "./example-rules.ts";
import type { ContractStores } from "./store-contract.ts";

const TABLE_WAIT_SECONDS = 30;

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

/** Makes a table as TABLE_SHAPE says. */
async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const { partitionKey, sortKey, indexes, timeToLiveAttribute, streamViewType } = TABLE_SHAPE;
  const keys = [{ partitionKey, sortKey }, ...indexes];
  const schema = (one: { partitionKey: string; sortKey: string }) => [
    { AttributeName: one.partitionKey, KeyType: "HASH" as const },
    { AttributeName: one.sortKey, KeyType: "RANGE" as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keys
        .flatMap((one) => [one.partitionKey, one.sortKey])
        .map((attribute) => ({ AttributeName: attribute, AttributeType: "S" as const })),
      KeySchema: schema(TABLE_SHAPE),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: schema(index),
        Projection: { ProjectionType: "ALL" as const },
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType },
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: TABLE_WAIT_SECONDS }, { TableName: name });
  const TimeToLiveSpecification = { AttributeName: timeToLiveAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}
