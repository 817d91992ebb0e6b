import { requireOutput, type StackOutputs } from "./stack-outputs.ts";

/** The stack outputs that the desk on one machine is reached by. */
const API_ID_OUTPUT = "ApiId";

/** The API's address in the local cloud: the path form, because names under localhost do not resolve everywhere. */
export function apiUrlOf(endpoint: string, outputs: StackOutputs): string {
  return `${endpoint}/_aws/execute-api/${requireOutput(outputs, API_ID_OUTPUT)}/$default`;
}

/** Where machines fetch tokens (client credentials), as at the hosted sign-in on AWS. */
export function tokenEndpointOf(endpoint: string): string {
  return `${endpoint}/oauth2/token`;
}
