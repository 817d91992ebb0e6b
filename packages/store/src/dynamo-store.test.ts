import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe } from "vitest";
import { dynamoStores } from "./contract/dynamo-stores.ts";
import { newSuffix } from "./contract/example-appends.ts";
import { storeContract } from "./contract/store-contract.ts";

const endpoint = process.env.ITHACA_DYNAMODB_ENDPOINT;

/** Any endpoint that speaks DynamoDB and S3. The journeys run the same contract on the local cloud. */
describe.skipIf(endpoint === undefined)("the store in DynamoDB", () => {
  const client = {
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    ...(endpoint !== undefined && { endpoint }),
  };
  const dynamo = new DynamoDBClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const stores = dynamoStores({ dynamo, s3 }, `contract-${newSuffix()}`);

  afterAll(async () => (await stores).remove());
  storeContract({
    open: async () => (await stores).open(),
    openEmpty: async () => (await stores).openEmpty(),
  });
});
