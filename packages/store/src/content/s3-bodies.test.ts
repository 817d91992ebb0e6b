import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { s3Bodies } from "./s3-bodies.ts";

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>";

/** Answers as S3 would, one after another; the last again and again. */
let answers: readonly (readonly [status: number, body: string])[] = [];
let received: Received[] = [];

const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  received.push({ method, url, headers, body: await text(request) });
  const [status, body] = answers[Math.min(received.length, answers.length) - 1] ?? [500, ""];
  response.writeHead(status).end(body);
});

const client = new DynamoDBClient({
  region: "eu-central-1",
  credentials: { accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: "session" },
});
let bodies: ReturnType<typeof s3Bodies>;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  bodies = s3Bodies("content", client.config, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
beforeEach(() => {
  received = [];
});
afterAll(() => {
  client.destroy();
  server.close();
});

describe("when a long text is put", () => {
  test("it is sent whole, as text, under its key, signed for S3 with its hash", async () => {
    answers = [[200, ""]];
    await bodies.put("bodies/case 1/grüße+.txt", "Grüße 👋");
    const [put] = received;
    expect(put).toMatchObject({
      method: "PUT",
      url: "/content/bodies/case%201/gr%C3%BC%C3%9Fe%2B.txt",
      body: "Grüße 👋",
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-length": "12",
        "x-amz-content-sha256": expect.stringMatching(/^[0-9a-f]{64}$/),
        "x-amz-security-token": "session",
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/s3\/aws4_request/,
        ),
      },
    });
  });

  test("a refusal is thrown, with what S3 called it, and not tried again", async () => {
    answers = [[403, "<Error><Code>AccessDenied</Code></Error>"]];
    await expect(bodies.put("k", "t")).rejects.toThrow("S3 answered 403 to PUT k: AccessDenied");
    expect(received).toHaveLength(1);
  });
});

describe("when a long text is read", () => {
  test("it is what was put", async () => {
    answers = [[200, "Grüße 👋"]];
    expect(await bodies.get("k")).toBe("Grüße 👋");
  });

  test("one that is not there is undefined", async () => {
    answers = [[404, NO_SUCH_KEY]];
    expect(await bodies.get("k")).toBeUndefined();
  });

  test("a bucket that is not there is a fault", async () => {
    answers = [[404, "<Error><Code>NoSuchBucket</Code></Error>"]];
    await expect(bodies.get("k")).rejects.toThrow("NoSuchBucket");
  });
});

describe("while S3 fails", () => {
  test.each([[500], [503], [429]])("%i is tried again", async (status) => {
    answers = [
      [status, ""],
      [200, "there"],
    ];
    expect(await bodies.get("k")).toBe("there");
    expect(received).toHaveLength(2);
  });

  test("three times, then it is a fault", async () => {
    answers = [[503, "<Error><Code>SlowDown</Code></Error>"]];
    await expect(bodies.get("k")).rejects.toThrow("S3 answered 503 to GET k: SlowDown");
    expect(received).toHaveLength(3);
  });
});
