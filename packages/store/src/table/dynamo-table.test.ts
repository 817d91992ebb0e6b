import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { dynamoTable } from "./dynamo-table.ts";
import { IF_ABSENT } from "./table.ts";

const client = new DynamoDBClient({ region: "us-east-1" });
const mock = mockClient(client);
const table = dynamoTable(client, "Desk");
const item = (pk: string) => ({ pk, sk: "A" });

beforeEach(() => mock.reset());

describe("when a transaction is cancelled", () => {
  const cancelledBy = (...codes: string[]) => {
    const CancellationReasons = codes.map((Code) => ({ Code }));
    mock
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionCanceledException({ message: "cancelled", $metadata: {}, CancellationReasons }));
    return table.transact(codes.map((_code, at) => ({ put: item(String(at)), condition: IF_ABSENT })));
  };

  test.each([
    [
      ["None", "ConditionalCheckFailed", "ConditionalCheckFailed"],
      [1, 2],
    ],
    [["ConditionalCheckFailed", "TransactionConflict"], [0]],
    [["None", "TransactionConflict"], []],
  ])("by %j: the writes %j failed", async (codes, failed) => {
    expect(await cancelledBy(...codes)).toEqual({ done: false, failed });
  });

  test.each(["ProvisionedThroughputExceeded", "ItemCollectionSizeLimitExceeded", "ValidationError"])(
    "by %s: that is a fault",
    async (code) => {
      await expect(cancelledBy("None", code)).rejects.toThrow("cancelled");
    },
  );
});

describe("when a batch is read in part", () => {
  const ask = { Keys: [marshall(item("b"))], ConsistentRead: true };

  test("the rest is asked for again", async () => {
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { Desk: [marshall(item("a"))] }, UnprocessedKeys: { Desk: ask } })
      .resolvesOnce({ Responses: { Desk: [marshall(item("b"))] } });
    expect(await table.getMany([item("a"), item("b")])).toEqual([item("a"), item("b")]);
    expect(mock.commandCalls(BatchGetItemCommand)[1]?.args[0].input).toEqual({ RequestItems: { Desk: ask } });
  });

  test("again and again: that is a fault, and not an item that is not there", async () => {
    mock.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { Desk: ask } });
    await expect(table.getMany([item("b")])).rejects.toThrow("put off");
  });
});

describe("when a stretch is longer than one answer of DynamoDB", () => {
  const answer = (names: string[], isLast: boolean) => ({
    Items: names.map((name) => marshall(item(name))),
    ...(!isLast && { LastEvaluatedKey: marshall(item(names.at(-1) ?? "")) }),
  });

  test.each([
    [3, true],
    [4, false],
    [9, false],
  ])("at most %i items are read over the answers, and it says whether there are more", async (limit, more) => {
    mock
      .on(QueryCommand)
      .resolvesOnce(answer(["a", "b"], false))
      .resolvesOnce(answer(["c", "d"], true));
    const { items, more: hasMore } = await table.query({ partition: "p", limit });
    expect(items.map(({ pk }) => pk)).toEqual(["a", "b", "c", "d"].slice(0, limit));
    expect(hasMore).toBe(more);
  });
});

describe("when the answer to a transaction is lost", () => {
  test("the client sends it again with the token of the first, so that it is carried out once", async () => {
    const tokens: unknown[] = [];
    const server = createServer(async (request, response) => {
      tokens.push(JSON.parse(await text(request)).ClientRequestToken);
      if (tokens.length === 1) request.socket.destroy();
      else response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;

    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const retrying = new DynamoDBClient({ region: "us-east-1", credentials, endpoint: `http://127.0.0.1:${port}` });
    await dynamoTable(retrying, "Desk").transact([{ put: item("a") }]);
    retrying.destroy();
    server.close();
    expect(tokens).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), tokens[0]]);
  });
});

describe("when a stretch ends before it begins", () => {
  test.each([
    ["A", "B", 1],
    ["B", "B", 1],
    ["C", "B", 0],
  ])("from %s until %s: DynamoDB, which refuses such a one, is asked %i times", async (from, until, times) => {
    mock.on(QueryCommand).resolves({ Items: [] });
    expect(await table.query({ partition: "CASE#1", from, until, limit: 5 })).toEqual({ items: [], more: false });
    expect(mock.commandCalls(QueryCommand)).toHaveLength(times);
  });
});

test("a change that names an attribute twice is refused before DynamoDB is asked", async () => {
  const change = { set: { text: "kept?" }, remove: ["text"] };
  await expect(table.update(item("CASE#1"), change, IF_ABSENT)).rejects.toThrow("a change names text twice");
  expect(mock.commandCalls(UpdateItemCommand)).toHaveLength(0);
});
