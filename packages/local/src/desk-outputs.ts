import { requireOutput, type StackOutputs } from "./stack-outputs.ts";

/** What the desk on one machine must know of the deployed stacks. */
export interface DeskOutputs {
  readonly apiId: string;
  readonly tableName: string;
  readonly userPoolId: string;
  /** The app client that people sign in by. */
  readonly peopleClientId: string;
  /** The app clients of the machines that bring messages in, by the code of their channel. */
  readonly channelClientIds: Readonly<Record<string, string>>;
}

/** The output of each channel's app client is named so, with the channel's code in capitals and small letters. */
const CHANNEL_CLIENT_OUTPUT = /^ChannelClientId([A-Z]\w*)$/;

/** Picks them out of all outputs by the names that the stacks give them. Throws when one is missing. */
export function pickDeskOutputs(outputs: StackOutputs): DeskOutputs {
  return {
    apiId: apiIdOf(requireOutput(outputs, "ApiUrl")),
    tableName: requireOutput(outputs, "TableName"),
    userPoolId: requireOutput(outputs, "UserPoolId"),
    peopleClientId: requireOutput(outputs, "UserPoolClientId"),
    channelClientIds: Object.fromEntries(
      Object.entries(outputs).flatMap(([name, clientId]) => {
        const channel = CHANNEL_CLIENT_OUTPUT.exec(name)?.[1];
        return channel === undefined ? [] : [[kebabCase(channel), clientId] as const];
      }),
    ),
  };
}

/** The id of an HTTP API: the first label of its host, `https://<id>.execute-api.<region>.amazonaws.com`. */
function apiIdOf(apiUrl: string): string {
  const [id] = new URL(apiUrl).hostname.split(".");
  if (id === undefined || id === "") throw new Error(`${apiUrl} is not the address of an HTTP API`);
  return id;
}

/** EmergencyLine is emergency-line. */
function kebabCase(name: string): string {
  return name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The API's address in the local cloud: the path form, because names under localhost do not resolve everywhere. */
export function apiUrlOf(endpoint: string, apiId: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}

/** Where machines fetch tokens (client credentials), as at the hosted sign-in on AWS. */
export function tokenEndpointOf(endpoint: string): string {
  return `${endpoint}/oauth2/token`;
}
