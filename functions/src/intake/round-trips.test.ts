import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Key } from "@ithaca/store";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, describe, expect, test } from "vitest";
import { LAMBDA_CONTEXT } from "../fixtures/lambda-context.ts";
import { CLAIMS, httpEvent, openRequestDesk } from "../fixtures/request-desk.ts";
import { handler } from "./receive-message.ts";

const dynamo = mockClient(DynamoDBClient);
afterAll(() => dynamo.restore());

/** Lets the client's reads see the desk's table; what it writes goes nowhere. */
async function backDynamo() {
  const { store } = await openRequestDesk();
  const item = (found: object | undefined) => found && marshall(found, { removeUndefinedValues: true });
  const read = async (key: unknown) =>
    item(await store.table.get(unmarshall(key as Parameters<typeof unmarshall>[0]) as Key));

  dynamo.on(GetItemCommand).callsFake(async ({ Key }) => ({ Item: await read(Key) }));
  dynamo.on(BatchGetItemCommand).callsFake(async ({ RequestItems: { Ithaca } }) => {
    const found = await Promise.all(Ithaca.Keys.map(read));
    return { Responses: { Ithaca: found.filter((one) => one !== undefined) } };
  });
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(TransactWriteItemsCommand).resolves({});
}

function post(claims: unknown, body: object) {
  return handler(httpEvent({ claims, body, headers: { "idempotency-key": "k" } }), LAMBDA_CONTEXT);
}

describe("when principal, account and rules were read before", () => {
  test.each([
    { who: "a customer", claims: CLAIMS.cleo, from: undefined },
    { who: "a channel for a known person", claims: CLAIMS.portal, from: { address: "cleo@example.com" } },
  ])("a message of $who takes one look-up and one transaction", async ({ claims, from }) => {
    await backDynamo();
    const message = { channel: "portal", text: "Hello?", requestedPriority: "high", from };
    const first = await post(claims, { ...message, channelMessageId: "1" });
    expect(first.statusCode).toBe(201);

    dynamo.resetHistory();
    const second = await post(claims, { ...message, channelMessageId: "2" });
    expect(second.statusCode).toBe(201);
    expect(dynamo.calls().map((call) => call.args[0].constructor.name)).toEqual([
      "BatchGetItemCommand",
      "TransactWriteItemsCommand",
    ]);
  });
});
