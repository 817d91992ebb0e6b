import { type Instant, rulesLeadMs, SECOND_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openStore, type Store } from "@ithaca/store";
import type { World } from "../world.ts";
import { cognitoPool } from "./cognito-pool.ts";
import { outputOf, readStackOutputs, type StackOutputs } from "./stack-outputs.ts";
import type { UserPool } from "./user-pool.ts";

/** How long a function may go by what it read before: the stack's output, or this where a stack says nothing. */
const REFRESH_SECONDS_DEFAULT = 60;

/** A deployed desk from the inside: what ops work on, without the API. */
export interface OpsDesk {
  readonly outputs: StackOutputs;
  readonly store: Store;
  readonly users: UserPool;
  /** So far ahead at least a version of the rules is in force, in milliseconds: `store` refuses one that is earlier. */
  readonly rulesLeadMs: number;
  now(): Instant;
}

/** Opens the desk of a stack with the AWS credentials of whoever calls. */
export async function openDesk(world: World, stack: string): Promise<OpsDesk> {
  const outputs = await readStackOutputs(stack);
  const rulesRefreshMs = Number(outputs.RulesRefreshSeconds ?? REFRESH_SECONDS_DEFAULT) * SECOND_MS;
  return {
    outputs,
    store: openStore({
      table: outputOf(outputs, "TableName"),
      bucket: outputOf(outputs, "ContentBucketName"),
      clock: world.now,
      random: Math.random,
      shipped: shippedRules,
      rulesRefreshMs,
    }),
    users: await cognitoPool(outputOf(outputs, "UserPoolId")),
    rulesLeadMs: rulesLeadMs(rulesRefreshMs),
    now: world.now,
  };
}
