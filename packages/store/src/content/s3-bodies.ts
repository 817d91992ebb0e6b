import type { S3Client } from "@aws-sdk/client-s3";
import type { Bodies } from "../ports/content.ts";

/**
 * Long texts in the content bucket. The client comes with the first long text, for most functions never see one and
 * need not load it when they start.
 */
export function s3Bodies(bucket: string, given?: S3Client): Bodies {
  let opened: S3Client | undefined = given;

  async function connect() {
    const { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
    // With the bucket in the path and not in the host, a local endpoint needs no name of its own for each bucket.
    opened ??= new S3Client({ forcePathStyle: true });
    return { client: opened, GetObjectCommand, NoSuchKey, PutObjectCommand };
  }

  return {
    put: async (key, text) => {
      const { client, PutObjectCommand } = await connect();
      const type = "text/plain; charset=utf-8";
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: type }));
    },
    get: async (key) => {
      const { client, GetObjectCommand, NoSuchKey } = await connect();
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToString("utf-8");
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
