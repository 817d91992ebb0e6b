import { Message } from "@ithaca/domain";
import * as z from "zod/mini";
import { messageKey } from "../keys.ts";
import { INLINE_TEXT_MAX_BYTES } from "../ports/content.ts";
import type { Item } from "../table/table.ts";

/** A message as an item; a text too long for it is under a key of the content bucket, to be put there first. */
export interface MessageWrite {
  item: Item;
  body?: { key: string; text: string };
}

export function messageWrite(message: Message): MessageWrite {
  const { text, ...rest } = z.encode(Message, message);
  const item: Item = { ...messageKey(message.id), noun: "message", message: rest };
  if (Buffer.byteLength(text) <= INLINE_TEXT_MAX_BYTES) return { item: { ...item, text } };
  const key = `messages/${message.id}`;
  return { item: { ...item, bodyKey: key }, body: { key, text } };
}

/** Where the text of a message's item is when it is not in it. */
export function bodyKeyOf(item: Item): string | undefined {
  const key = item.bodyKey;
  return typeof key === "string" ? key : undefined;
}

/** The message of an item. `body` is its text when the item does not hold it. Throws when neither does. */
export function messageOf(item: Item, body: string | undefined): Message {
  const text = item.text ?? body;
  return z.decode(Message, { ...(item.message as object), text } as z.input<typeof Message>);
}

/** The subject alone, which needs no body. */
export function subjectOf(item: Item): string | undefined {
  const { subject } = z.parse(z.looseObject({ subject: z.optional(z.string()) }), item.message);
  return subject;
}
