import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Instant } from "@ithaca/domain";
import { s3Bodies } from "./content/s3-bodies.ts";
import type { ShippedRules } from "./rules/shipped-rules.ts";
import { type Store, storeOn } from "./store.ts";
import { dynamoTable } from "./table/dynamo-table.ts";
import { gatherReads } from "./table/gather-reads.ts";

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
  /** A client with timeouts of its own, which the bucket is reached by too; made from the environment when absent. */
  client?: DynamoDBClient;
  /** Where the bucket is, if it is neither at AWS nor where AWS_ENDPOINT_URL says. */
  contentEndpoint?: string;
}

/** The store of a desk, in DynamoDB and S3. */
export function openStore(options: StoreOptions): Store {
  const { table, bucket, clock, random, shipped, rulesRefreshMs, contentEndpoint } = options;
  const { client = new DynamoDBClient({}) } = options;
  return storeOn(gatherReads(dynamoTable(client, table)), s3Bodies(bucket, client.config, contentEndpoint), {
    clock,
    random,
    shipped,
    rulesRefreshMs,
    pause: async (ms) => {
      await setTimeout(ms);
    },
  });
}
