import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { TABLE_SHAPE } from "../keys.ts";
import { dynamoTable } from "../table/dynamo-table.ts";
import type { Table } from "../table/table.ts";

const TABLE_WAIT_SECONDS = 30;

/** An empty table of DynamoDB, or of whatever speaks as it does, and how to take it away again. */
export async function openEmptyTable(
  place: DynamoDBClientConfig,
  name: string,
): Promise<{ table: Table; remove: () => Promise<void> }> {
  const client = new DynamoDBClient(place);
  await createTable(client, name);
  return {
    table: dynamoTable(client, name),
    remove: async () => {
      await client.send(new DeleteTableCommand({ TableName: name }));
      client.destroy();
    },
  };
}

/** Makes a table as TABLE_SHAPE says. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
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
