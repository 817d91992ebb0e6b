import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { openCloud } from "./cloud.ts";
import type { DeskUnderTest } from "./start-desk.ts";

const TIMELINE = { pk: { S: "DESK" }, sk: { S: "RULES" } };

/** Does something while no process that has not read the rules yet can read them. */
export async function withoutRules<Answer>(
  desk: Pick<DeskUnderTest, "endpoint" | "stack">,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { table } = openCloud(desk);
  const { tableName: TableName } = desk.stack;
  const { Item } = await table.send(new GetItemCommand({ TableName, Key: TIMELINE }));
  if (Item === undefined) throw new Error("the desk has no rules of its own to hide");
  await table.send(new PutItemCommand({ TableName, Item: { ...TIMELINE, revision: { S: "hidden" } } }));
  try {
    return await work();
  } finally {
    await table.send(new PutItemCommand({ TableName, Item }));
  }
}
