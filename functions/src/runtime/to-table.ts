import { SECOND_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openStore } from "@ithaca/store";
import type { BasePorts, StorePorts } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** How long a function believes what it read of an account or a principal. */
export const DIRECTORY_REMEMBERED_MS = 30 * SECOND_MS;

interface TableEnvironment {
  TABLE_NAME: string;
  CONTENT_BUCKET: string;
  RULES_REFRESH_SECONDS: number;
}

/** Connects a function to the desk's table and its content bucket. */
export function toTable(environment: TableEnvironment, { clock, random }: BasePorts): StorePorts {
  return openStore({
    table: environment.TABLE_NAME,
    bucket: environment.CONTENT_BUCKET,
    clock,
    random,
    shipped: shippedRules,
    rulesRefreshMs: environment.RULES_REFRESH_SECONDS * SECOND_MS,
    directoryRememberedMs: DIRECTORY_REMEMBERED_MS,
    client: SDK_CLIENT,
  });
}
