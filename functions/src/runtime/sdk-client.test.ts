import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SDK_CLIENT } from "./sdk-client.ts";

let server: Server;
let bodies: Record<string, unknown>[];

/** Answers the first request with a fault of the service, as if the answer to a transaction that was done were lost. */
beforeEach(async () => {
  bodies = [];
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => {
      text += part.toString();
    });
    request.on("end", () => {
      bodies.push(JSON.parse(text));
      response.writeHead(bodies.length === 1 ? 500 : 200, { "content-type": "application/x-amz-json-1.0" });
      response.end("{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterEach(() => {
  server.close();
});

describe("when the SDK repeats a transaction by itself", () => {
  test("it is the same transaction, by its token", async () => {
    const { port } = server.address() as AddressInfo;
    const client = new DynamoDBClient({
      ...SDK_CLIENT,
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });
    const put = { Put: { TableName: "Ithaca", Item: { pk: { S: "a" }, sk: { S: "b" } } } };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
    client.destroy();

    expect(bodies).toHaveLength(2);
    const [first, second] = bodies.map(({ ClientRequestToken }) => ClientRequestToken);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
  });
});
