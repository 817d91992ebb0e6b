import { createHash } from "node:crypto";
import { Message, MISSING_TEXT } from "@ithaca/domain";
import * as z from "zod/mini";
import { messageKey } from "../keys.ts";
import { INLINE_TEXT_MAX_BYTES } from "../ports/content.ts";
import type { Item } from "../table/table.ts";

/** A message as an item; a text too long for it is under a key of the content bucket, to be put there first. */
export interface MessageWrite {
  item: Item;
  body?: { key: string; text: string };
}

/**
 * `once` is what makes the message be accepted only once, if anything does. A long text's key follows from it and from the
 * text: whoever tries again after a lost transaction writes the same object again, not another one that is nobody's.
 */
export function messageWrite(message: Message, once?: readonly string[]): MessageWrite {
  const { text, textMissing: _, ...rest } = z.encode(Message, message);
  const item: Item = { ...messageKey(message.id), noun: "message", message: rest };
  if (Buffer.byteLength(text) <= INLINE_TEXT_MAX_BYTES) return { item: { ...item, text } };
  const key = `messages/${once === undefined ? message.id : hashOf([...once, text])}`;
  return { item: { ...item, bodyKey: key }, body: { key, text } };
}

/** Where the text of a message's item is when it is not in it. */
export function bodyKeyOf(item: Item): string | undefined {
  const key = item.bodyKey;
  return typeof key === "string" ? key : undefined;
}

/** The message of an item. `body` is its text when the item does not hold it; when neither does, the message says so. */
export function messageOf(item: Item, body: string | undefined): Message {
  const text = item.text ?? body;
  const words = text === undefined ? { text: MISSING_TEXT, textMissing: true } : { text };
  return z.decode(Message, { ...(item.message as object), ...words } as z.input<typeof Message>);
}

/** The id of an item's message. */
export function messageIdOf(item: Item): string {
  return z.parse(Named, item.message).id;
}

/** The subject alone, which needs no body. */
export function subjectOf(item: Item): string | undefined {
  return z.parse(Headed, item.message).subject;
}

const Named = z.object({ id: z.string() });
const Headed = z.object({ subject: z.optional(z.string()) });

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
