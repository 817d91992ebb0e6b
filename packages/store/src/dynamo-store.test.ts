import { afterAll, describe } from "vitest";
import { dynamoStores } from "./contract/dynamo-stores.ts";
import { newSuffix } from "./contract/example-appends.ts";
import { storeContract } from "./contract/store-contract.ts";

const endpoint = process.env.ITHACA_DYNAMODB_ENDPOINT;

/** Any endpoint that speaks DynamoDB and S3. The journeys run the same contract on the local cloud. */
describe.skipIf(endpoint === undefined)("the store in DynamoDB", () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const place = { region: "us-east-1", credentials, endpoint: endpoint ?? "" };
  const stores = dynamoStores(place, `contract-${newSuffix()}`);

  afterAll(async () => (await stores).remove());
  storeContract({
    open: async () => (await stores).open(),
    openEmpty: async () => (await stores).openEmpty(),
  });
});
