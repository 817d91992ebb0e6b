import type { Bodies } from "../ports/content.ts";
import { type S3Connection, S3Failed, s3Objects } from "./s3-objects.ts";

const OK = 200;
const NOT_FOUND = 404;

/** Long texts in the content bucket. Its endpoint is AWS's, or that of AWS_ENDPOINT_URL, when none is given. */
export function s3Bodies(bucket: string, connection: S3Connection, endpoint?: string): Bodies {
  const send = s3Objects(bucket, connection, endpoint);

  return {
    put: async (key, text) => {
      const headers = { "content-type": "text/plain; charset=utf-8" };
      const request = { method: "PUT", key, headers, body: Buffer.from(text) } as const;
      const response = await send(request);
      if (response.status !== OK) throw new S3Failed(request, response);
    },
    get: async (key) => {
      const request = { method: "GET", key } as const;
      const response = await send(request);
      // A bucket that is not there is a fault, and not an object that is not there.
      if (response.status === NOT_FOUND && response.body.includes("<Code>NoSuchKey</Code>")) return undefined;
      if (response.status !== OK) throw new S3Failed(request, response);
      return response.body;
    },
  };
}
