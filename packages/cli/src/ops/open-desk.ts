import { type Instant, MINUTE_MS } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openStore, type Store } from "@ithaca/store";
import type { World } from "../world.ts";
import { cognitoPool } from "./cognito-pool.ts";
import { outputOf, readStackOutputs, type StackOutputs } from "./stack-outputs.ts";
import type { UserPool } from "./user-pool.ts";

/** A deployed desk from the inside: what ops work on, without the API. */
export interface OpsDesk {
  readonly outputs: StackOutputs;
  readonly store: Store;
  readonly users: UserPool;
  now(): Instant;
}

/** Opens the desk of a stack with the AWS credentials of whoever calls. */
export async function openDesk(world: World, stack: string): Promise<OpsDesk> {
  const outputs = await readStackOutputs(stack);
  return {
    outputs,
    store: openStore({
      table: outputOf(outputs, "TableName"),
      bucket: outputOf(outputs, "ContentBucketName"),
      clock: world.now,
      random: Math.random,
      shipped: shippedRules,
      rulesRefreshMs: MINUTE_MS,
    }),
    users: await cognitoPool(outputOf(outputs, "UserPoolId")),
    now: world.now,
  };
}
