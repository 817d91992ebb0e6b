import { setTimeout } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { loadConfig } from "@smithy/core/config";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";

/** What a client of the SDK has found out already, and its connections. */
export type S3Connection = Pick<DynamoDBClient["config"], "credentials" | "region" | "requestHandler" | "sha256">;

/** One request for an object. */
interface ObjectRequest {
  readonly method: "GET" | "PUT";
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What S3 said: an answer that is worth no other try. */
interface ObjectResponse {
  readonly status: number;
  readonly body: string;
}

/** How often a request is sent while S3 fails, and how long is waited before the second time. */
const TRIES = 3;
const FIRST_PAUSE_MS = 100;

const TOO_MANY = 429;
const FIRST_FAULT = 500;

/** As every client of the SDK finds its endpoint: a variable, else the profile, else AWS. */
const ENDPOINT = {
  environmentVariableSelector: (env: Record<string, string | undefined>) =>
    env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined,
  configFileSelector: (profile: Record<string, string | undefined>) => profile.endpoint_url,
  default: undefined,
};

/**
 * Puts and gets whole objects of one bucket by the SDK's own signer, whose code every function has for DynamoDB. The
 * client of S3 would cost each of their bundles 190 KB for these two calls. Throws when S3 fails three times in a row.
 */
export function s3Objects(bucket: string, connection: S3Connection, endpoint?: string) {
  const { credentials, region, sha256, requestHandler } = connection;
  const signer = new SignatureV4({ service: "s3", region, credentials, sha256, uriEscapePath: false });
  const endpointUrl = endpoint === undefined ? loadConfig<string | undefined>(ENDPOINT) : async () => endpoint;

  async function send({ method, key, headers, body }: ObjectRequest): Promise<ObjectResponse> {
    const { base, path } = place(await endpointUrl(), bucket, await region());
    const request = new HttpRequest({
      method,
      protocol: base.protocol,
      hostname: base.hostname,
      ...(base.port !== "" && { port: Number(base.port) }),
      path: `${path}/${key.split("/").map(encodeURIComponent).join("/")}`,
      headers: {
        host: base.host,
        ...headers,
        ...(body !== undefined && { "content-length": String(body.byteLength) }),
      },
      body,
    });
    // Signed anew for each try: a signature is good for its moment.
    const { response } = await requestHandler.handle((await signer.sign(request)) as HttpRequest);
    return { status: response.statusCode, body: await textOf(response.body) };
  }

  return (request: ObjectRequest): Promise<ObjectResponse> =>
    withRetries(async () => {
      const response = await send(request);
      const { status } = response;
      if (status >= FIRST_FAULT || status === TOO_MANY) throw new S3Failed(request, response);
      return response;
    });
}

async function withRetries<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tried === TRIES) throw error;
      await setTimeout(FIRST_PAUSE_MS * 2 ** (tried - 1));
    }
  }
}

/** S3 answered a request with neither what was asked for nor that it is not there. */
export class S3Failed extends Error {
  override readonly name = "S3Failed";

  constructor({ method, key }: ObjectRequest, { status, body }: ObjectResponse) {
    super(`S3 answered ${status} to ${method} ${key}: ${/<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? "without a code"}`);
  }
}

/** A bucket has a host of its own at AWS; another endpoint has it in the path, and needs no name for each. */
function place(endpoint: string | undefined, bucket: string, region: string): { base: URL; path: string } {
  if (endpoint !== undefined) return { base: new URL(endpoint), path: `/${bucket}` };
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return { base: new URL(`https://${bucket}.s3.${region}.${suffix}`), path: "" };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
