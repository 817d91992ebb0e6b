import { SECOND_MS } from "@ithaca/domain";

const CONNECTION_TIMEOUT_MS = SECOND_MS;
const REQUEST_TIMEOUT_MS = 5 * SECOND_MS;
const ATTEMPTS_MAX = 3;

/**
 * How every client of an AWS service is made: the region and, on one machine, the endpoint are the SDK's to find
 * (AWS_REGION, AWS_ENDPOINT_URL); connections are kept open, which is the SDK's default; a call that hangs is given up.
 */
export const SDK_CLIENT = {
  maxAttempts: ATTEMPTS_MAX,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Without it the SDK only warns when the time is up.
    throwOnRequestTimeout: true,
  },
} as const;
