import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SECOND_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { cachedDirectory, openStore } from "@ithaca/store";
import type { BasePorts, StorePorts } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

interface TableEnvironment {
  TABLE_NAME: string;
  CONTENT_BUCKET: string;
  RULES_REFRESH_SECONDS: number;
}

/** Connects a function to the desk's table and its content bucket. */
export function toTable(environment: TableEnvironment, { clock, random }: BasePorts): StorePorts {
  const store = openStore({
    table: environment.TABLE_NAME,
    bucket: environment.CONTENT_BUCKET,
    clock,
    random,
    shipped: shippedRules,
    rulesRefreshMs: environment.RULES_REFRESH_SECONDS * SECOND_MS,
    client: new DynamoDBClient(SDK_CLIENT),
  });
  return { ...store, directory: cachedDirectory(store.directory, clock) };
}
