import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/**
 * An answer of the HTTP API, with the headers that all of them carry. It is for nobody's cache, for most was asked for
 * with a token; what may be kept says so by a `cache-control` of its own.
 */
export function httpResponse(
  statusCode: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: {
      "content-type": contentType,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
    body,
  };
}
