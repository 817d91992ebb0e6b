import { requireOutput, type StackOutputs } from "./stack-outputs.ts";

/** What the desk on one machine must know of the deployed stacks. */
export interface DeskOutputs {
  readonly apiId: string;
  readonly tableName: string;
  readonly userPoolId: string;
  /** The app client that people sign in by. */
  readonly peopleClientId: string;
  /** The app client of the machines that bring messages in. */
  readonly channelClientId: string;
}

/** Picks them out of all outputs by the names that the stacks give them. Throws when one is missing. */
export function pickDeskOutputs(outputs: StackOutputs): DeskOutputs {
  return {
    apiId: requireOutput(outputs, "ApiId"),
    tableName: requireOutput(outputs, "TableName"),
    userPoolId: requireOutput(outputs, "UserPoolId"),
    peopleClientId: requireOutput(outputs, "PeopleClientId"),
    channelClientId: requireOutput(outputs, "ChannelClientId"),
  };
}

/** The API's address in the local cloud: the path form, because names under localhost do not resolve everywhere. */
export function apiUrlOf(endpoint: string, apiId: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}

/** Where machines fetch tokens (client credentials), as at the hosted sign-in on AWS. */
export function tokenEndpointOf(endpoint: string): string {
  return `${endpoint}/oauth2/token`;
}
