import { randomUUID } from "node:crypto";
import { dynamoStores } from "@ithaca/store/contract/dynamo-stores";
import { storeContract } from "@ithaca/store/contract/store-contract";
import { afterAll, describe, inject } from "vitest";

describe("the store in the local cloud's DynamoDB", () => {
  const { endpoint } = inject("desk");
  const place = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const stores = dynamoStores(place, `contract-${randomUUID()}`);

  afterAll(async () => (await stores).remove());
  storeContract({
    open: async () => (await stores).open(),
    openEmpty: async () => (await stores).openEmpty(),
  });
});
