import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openStore } from "@ithaca/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

/** What DynamoDB was asked for, as IAM names it; of a transaction its parts. */
let asked: string[] = [];
let client: DynamoDBClient;

const server = createServer(async (request, response) => {
  const call = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
  const { TransactItems } = JSON.parse(await text(request));
  if (call !== "TransactWriteItems") asked.push(call);
  else asked.push(...TransactItems.flatMap((part: object) => Object.keys(part).map((kind) => `${kind}Item`)));
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify({ Responses: {} }));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  client.destroy();
  server.close();
});

type Table = ReturnType<typeof openStore>["table"];
const KEY = { pk: "a", sk: "b" };
const together = (table: Table) => Promise.all([table.get(KEY), table.get({ pk: "a", sk: "c" })]);

/** By this table calls-of-functions.ts names what a store asks its table for. */
test.each<[method: string, calls: string[], ask: (table: Table) => Promise<unknown>]>([
  ["get", ["GetItem"], (table) => table.get(KEY)],
  ["getMany", ["BatchGetItem"], (table) => table.getMany([KEY, { pk: "a", sk: "c" }])],
  ["gets that are asked for together", ["BatchGetItem"], together],
  ["query", ["Query"], (table) => table.query({ partition: "a", limit: 1 })],
  ["put", ["PutItem"], (table) => table.put(KEY)],
  ["update", ["UpdateItem"], (table) => table.update(KEY, { set: { c: 1 } }, ["absent"])],
  ["transact of a put", ["PutItem"], (table) => table.transact([{ put: KEY }])],
  ["transact of a sum", ["UpdateItem"], (table) => table.transact([{ addTo: KEY, amounts: { c: 1 } }])],
  ["transact of a removal", ["DeleteItem"], (table) => table.transact([{ remove: KEY }])],
])("a table's %s asks DynamoDB for %j", async (_, calls, ask) => {
  const { table } = openStore({
    table: "Ithaca",
    bucket: "content",
    clock: () => instant(0),
    random: () => 0.5,
    shipped: shippedRules,
    rulesRefreshMs: 0,
    client,
  });
  await ask(table);
  expect(asked).toEqual(calls);
});
