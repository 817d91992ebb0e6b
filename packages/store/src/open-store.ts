import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Instant } from "@ithaca/domain";
import { s3Bodies } from "./content/s3-bodies.ts";
import type { ShippedRules } from "./rules/rulebook-cache.ts";
import { type Store, storeOn } from "./store.ts";
import { dynamoTable } from "./table/dynamo-table.ts";

/** What the store of a desk is made of. */
export interface StoreOptions {
  /** The name of the table, which is as TABLE_SHAPE says. */
  table: string;
  /** The name of the content bucket. */
  bucket: string;
  clock: () => Instant;
  /** A number in [0, 1). */
  random: () => number;
  shipped: ShippedRules;
  /** How long a timeline of rules is trusted before it is read again. */
  rulesRefreshMs: number;
  /** Clients with timeouts of their own; made from the environment when absent. */
  client?: DynamoDBClient;
  contentClient?: S3Client;
}

/** The store of a desk, in DynamoDB and S3. */
export function openStore(options: StoreOptions): Store {
  const { table, bucket, clock, random, shipped, rulesRefreshMs, client, contentClient } = options;
  return storeOn(dynamoTable(client ?? new DynamoDBClient({}), table), s3Bodies(bucket, contentClient), {
    clock,
    random,
    shipped,
    rulesRefreshMs,
    pause: async (ms) => {
      await setTimeout(ms);
    },
  });
}
