import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";

/** The AWS SDK's clients of one local cloud, for what no customer and no agent can do. */
export interface Cloud {
  readonly table: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly bus: EventBridgeClient;
  readonly functions: LambdaClient;
  readonly users: CognitoIdentityProviderClient;
}

/** Clients of the local cloud at an endpoint. It takes any credentials. */
export function openCloud({ endpoint }: { readonly endpoint: string }): Cloud {
  const place = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  return {
    table: new DynamoDBClient(place),
    streams: new DynamoDBStreamsClient(place),
    bus: new EventBridgeClient(place),
    functions: new LambdaClient(place),
    users: new CognitoIdentityProviderClient(place),
  };
}
