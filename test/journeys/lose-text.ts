import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { openCloud } from "./cloud.ts";
import type { DeskUnderTest } from "./start-desk.ts";

/** Deletes the long text of a message from the content bucket, as nobody should. Throws when there is none. */
export async function loseText(
  desk: Pick<DeskUnderTest, "endpoint" | "outputs" | "stack">,
  messageId: string,
): Promise<void> {
  const Key = { pk: { S: `MSG#${messageId}` }, sk: { S: "MESSAGE" } };
  const { Item } = await openCloud(desk).table.send(new GetItemCommand({ TableName: desk.stack.tableName, Key }));
  const key = Item?.bodyKey?.S;
  if (key === undefined) throw new Error(`${messageId} has no text in the bucket`);
  const object = `${desk.endpoint}/${desk.outputs.ContentBucketName}/${key}`;
  const signal = AbortSignal.timeout(10_000);
  const { status } = await fetch(object, { method: "DELETE", signal });
  if (status >= 300) throw new Error(`the text of ${messageId} could not be deleted: ${status}`);
}
