import { setTimeout } from "node:timers/promises";
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Key } from "../keys.ts";
import { requireNamedOnce } from "./change-names.ts";
import { conditionExpression, placeholders, updateExpression } from "./dynamo-expressions.ts";
import type { Change, Condition, Item, Stretch, Table, Transacted, Updated, Write } from "./table.ts";

type Attributes = Record<string, AttributeValue>;

/** How often a batch asks again for keys that DynamoDB put off, and how long it waits at first. */
const BATCH_TRIES = 5;
const BATCH_PAUSE_MS = 20;

/** A table of DynamoDB. */
export function dynamoTable(client: DynamoDBClient, name: string): Table {
  return {
    get: async ({ pk, sk }) => {
      const key = toAttributes({ pk, sk });
      const { Item } = await client.send(new GetItemCommand({ TableName: name, Key: key, ConsistentRead: true }));
      return Item && toItem(Item);
    },

    getMany: (keys) => getMany(client, name, keys),

    transact: (writes) => transact(client, name, writes),

    put: async (item, condition) => {
      const put = new PutItemCommand({ TableName: name, Item: toAttributes(item), ...conditionOf(condition) });
      return unlessRefused(
        client.send(put).then(() => true),
        () => false,
      );
    },

    update: (key, change, condition) => update(client, name, key, change, condition),

    query: async (stretch) => {
      const items: Item[] = [];
      for await (const page of queryPages(client, name, stretch)) {
        items.push(...page);
        if (items.length > stretch.limit) break;
      }
      return { items: items.slice(0, stretch.limit), more: items.length > stretch.limit };
    },

    scan: async function* (after) {
      let from = after && toAttributes({ pk: after.pk, sk: after.sk });
      do {
        const scan = new ScanCommand({ TableName: name, ConsistentRead: true, ExclusiveStartKey: from });
        const { Items = [], LastEvaluatedKey } = await client.send(scan);
        yield* Items.map(toItem);
        from = LastEvaluatedKey;
      } while (from !== undefined);
    },
  };
}

async function getMany(client: DynamoDBClient, name: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let asked: KeysAndAttributes = { Keys: keys.map(({ pk, sk }) => toAttributes({ pk, sk })), ConsistentRead: true };
  for (let tried = 0; tried < BATCH_TRIES; tried += 1) {
    if (tried > 0) await setTimeout(BATCH_PAUSE_MS * 2 ** tried);
    const batch = new BatchGetItemCommand({ RequestItems: { [name]: asked } });
    const { Responses, UnprocessedKeys } = await client.send(batch);
    items.push(...(Responses?.[name] ?? []).map(toItem));
    const putOff = UnprocessedKeys?.[name];
    if (putOff?.Keys === undefined || putOff.Keys.length === 0) return items;
    asked = putOff;
  }
  throw new Error(`the table put off reading ${asked.Keys?.length} items ${BATCH_TRIES} times in a row`);
}

async function transact(client: DynamoDBClient, name: string, writes: readonly Write[]): Promise<Transacted> {
  // The client gives each command a token of its own, so that one that it sends twice is carried out once.
  const command = new TransactWriteItemsCommand({ TransactItems: writes.map((write) => transactItem(name, write)) });
  try {
    await client.send(command);
    return { done: true };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
    const failed = codes.flatMap((code, place) => (code === "ConditionalCheckFailed" ? [place] : []));
    if (failed.length === 0 && !codes.includes("TransactionConflict")) throw error;
    return { done: false, failed };
  }
}

function transactItem(name: string, write: Write): TransactWriteItem {
  if ("amend" in write) return { Update: { TableName: name, ...changeOf(write.amend, write, write.condition) } };
  const rest = { TableName: name, ...conditionOf(write.condition) };
  if ("put" in write) return { Put: { Item: toAttributes(write.put), ...rest } };
  if ("addTo" in write) return { Update: { TableName: name, ...addition(write.addTo, write.amounts) } };
  return { Delete: { Key: keyAttributes(write.remove), ...rest } };
}

function addition(key: Key, amounts: Readonly<Record<string, number>>) {
  const held = placeholders();
  const sums = Object.entries(amounts).map(([attribute, by]) => `${held.name(attribute)} ${held.value(by)}`);
  return {
    Key: keyAttributes(key),
    UpdateExpression: `ADD ${sums.join(", ")}`,
    ExpressionAttributeNames: held.names(),
    ExpressionAttributeValues: toValues(held.values()),
  };
}

async function update(
  client: DynamoDBClient,
  name: string,
  key: Key,
  change: Change,
  condition: Condition,
): Promise<Updated> {
  requireNamedOnce(change);
  const command = new UpdateItemCommand({
    TableName: name,
    ...changeOf(key, change, condition),
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  const updated = client
    .send(command)
    .then(({ Attributes = {} }): Updated => ({ updated: true, item: toItem(Attributes) }));
  return unlessRefused(updated, (before) => ({ updated: false, ...(before !== undefined && { item: before }) }));
}

function changeOf(key: Key, change: Change, condition: Condition) {
  const held = placeholders();
  return {
    Key: keyAttributes(key),
    UpdateExpression: updateExpression(change, held),
    ConditionExpression: conditionExpression(condition, held),
    ExpressionAttributeNames: held.names(),
    ExpressionAttributeValues: toValues(held.values()),
  };
}

/** The answer, or what a failed condition means, with the item as it is when that was asked for. */
async function unlessRefused<Answer>(
  answer: Promise<Answer>,
  refused: (before: Item | undefined) => Answer,
): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return refused(error.Item && toItem(error.Item));
    if (error instanceof TransactionConflictException) return refused(undefined);
    throw error;
  }
}

async function* queryPages(client: DynamoDBClient, name: string, stretch: Stretch): AsyncIterable<Item[]> {
  const { index, partition, from, until, descending, limit } = stretch;
  const attribute = index ?? "";
  const [first, last] = [from ?? FIRST_PLACE, until ?? LAST_PLACE];
  // DynamoDB refuses a stretch that ends before it begins; what lies in it is nothing.
  if (first > last) return;
  const values = { ":pk": partition, ":from": first, ":until": last };
  let after: Attributes | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: index,
        ConsistentRead: index === undefined,
        KeyConditionExpression: "#pk = :pk AND #sk BETWEEN :from AND :until",
        ExpressionAttributeNames: { "#pk": `${attribute}pk`, "#sk": `${attribute}sk` },
        ExpressionAttributeValues: toAttributes(values),
        ScanIndexForward: descending !== true,
        Limit: limit + 1,
        ExclusiveStartKey: after,
      }),
    );
    yield Items.map(toItem);
    after = LastEvaluatedKey;
  } while (after !== undefined);
}

/** Before and behind every sort key, for these are printable ASCII. */
const FIRST_PLACE = " ";
const LAST_PLACE = "~~";

function conditionOf(condition: Condition | undefined) {
  if (condition === undefined) return {};
  const held = placeholders();
  return {
    ConditionExpression: conditionExpression(condition, held),
    ExpressionAttributeNames: held.names(),
    ExpressionAttributeValues: toValues(held.values()),
  };
}

function keyAttributes({ pk, sk }: Key): Attributes {
  return toAttributes({ pk, sk });
}

function toAttributes(item: Readonly<Record<string, unknown>>): Attributes {
  return marshall(item, { removeUndefinedValues: true });
}

function toValues(values: Record<string, unknown> | undefined): Attributes | undefined {
  return values && toAttributes(values);
}

function toItem(attributes: Attributes): Item {
  return unmarshall(attributes) as Item;
}
