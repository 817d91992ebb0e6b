import { afterAll, beforeAll, describe } from "vitest";
import { dynamoStores } from "./contract/dynamo-stores.ts";
import { newSuffix } from "./contract/example-appends.ts";
import { storeContract } from "./contract/store-contract.ts";

const endpoint = process.env.ITHACA_DYNAMODB_ENDPOINT;

/** Any endpoint that speaks DynamoDB and S3. The journeys run the same contract on the local cloud. */
describe.skipIf(endpoint === undefined)("the store in DynamoDB", () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const place = { region: "us-east-1", credentials, endpoint: endpoint ?? "" };
  let stores: Awaited<ReturnType<typeof dynamoStores>>;

  // A described suite is read even when it is skipped: only what runs may ask the endpoint for anything.
  beforeAll(async () => {
    stores = await dynamoStores(place, `contract-${newSuffix()}`);
  });
  afterAll(() => stores.remove());
  storeContract({ open: () => stores.open(), openEmpty: () => stores.openEmpty() });
});
