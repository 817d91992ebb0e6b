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
import { manifest } from "./receive-message.manifest.ts";
import { handler, receiveMessage } from "./receive-message.ts";

const dynamo = mockClient(DynamoDBClient);
afterAll(() => dynamo.restore());

/** Lets the client's reads see a desk's table; what it writes goes nowhere. Gives back the desk's own way in. */
async function backDynamo() {
  const desk = await openRequestDesk();
  const item = (found: object | undefined) => found && marshall(found, { removeUndefinedValues: true });
  const read = async (key: unknown) =>
    item(await desk.store.table.get(unmarshall(key as Parameters<typeof unmarshall>[0]) as Key));

  dynamo.on(GetItemCommand).callsFake(async ({ Key }) => ({ Item: await read(Key) }));
  dynamo.on(BatchGetItemCommand).callsFake(async ({ RequestItems: { Ithaca } }) => {
    const found = await Promise.all(Ithaca.Keys.map(read));
    return { Responses: { Ithaca: found.filter((one) => one !== undefined) } };
  });
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(TransactWriteItemsCommand).resolves({});
  return desk.route(manifest, receiveMessage);
}

function post(claims: unknown, body: object) {
  return handler(httpEvent({ claims, body, headers: { "idempotency-key": "k" } }), LAMBDA_CONTEXT);
}

const MESSAGE = { channel: "portal", text: "Hello?", requestedPriority: "high" };
const STRANGER = { address: "jo@elsewhere.example", name: "Jo" };
const PASSED = { spf: "pass", dkim: "pass", dmarc: "pass" };

describe("when principal, account and rules were read before", () => {
  test.each([
    { who: "a customer", claims: CLAIMS.cleo },
    { who: "a customer whose case is critical", claims: CLAIMS.cleo, more: { requestedPriority: "critical" } },
    { who: "a channel for a known person", claims: CLAIMS.portal, more: { from: { address: "cleo@example.com" } } },
    { who: "a channel for a stranger", claims: CLAIMS.portal, more: { from: STRANGER } },
    {
      who: "a mail with all that mail has",
      claims: CLAIMS.email,
      more: { channel: "email", from: STRANGER, evidence: { automatic: false, authentication: PASSED } },
    },
    { who: "a customer about their case", claims: CLAIMS.cleo, joins: true },
    { who: "a colleague about it", claims: CLAIMS.clive, joins: true },
    { who: "an agent about it", claims: CLAIMS.ana, more: { from: { address: "cleo@example.com" } }, joins: true },
    { who: "another account's customer who names it", claims: CLAIMS.hugo, names: true },
  ])("a message of $who takes one look-up and one transaction", async ({ claims, more, joins = false, names }) => {
    const own = await backDynamo();
    const opened = await own({ as: "cleo", body: { ...MESSAGE, channelMessageId: "0" } });
    const about = (joins || names) && { caseNumber: opened.body.number };
    const message = { ...MESSAGE, ...more, ...about };
    const first = await post(claims, { ...message, channelMessageId: "1" });
    expect(first.statusCode).toBe(201);

    dynamo.resetHistory();
    const second = await post(claims, { ...message, channelMessageId: "2" });
    expect(second.statusCode).toBe(201);
    expect(JSON.parse(second.body ?? "")).toMatchObject({ joined: joins });
    expect(dynamo.calls().map((call) => call.args[0].constructor.name)).toEqual([
      "BatchGetItemCommand",
      "TransactWriteItemsCommand",
    ]);
  });
});
