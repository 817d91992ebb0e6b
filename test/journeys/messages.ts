import { randomUUID } from "node:crypto";
import type { Client } from "@ithaca/client";

export type MessageToSend = Parameters<Client["sendMessage"]>[0];

/** A message of the portal that is like no other; what a journey cares about, it says. */
export function message(said: Partial<MessageToSend> = {}): MessageToSend {
  return {
    channel: "portal",
    channelMessageId: `journey-${randomUUID()}`,
    subject: "A question",
    text: "How do I do that?",
    requestedPriority: "medium",
    ...said,
  };
}
