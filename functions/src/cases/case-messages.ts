import { type AnswerOf, SHOWN_MESSAGES_MAX } from "@ithaca/contracts";
import type { Case, Fact, Message } from "@ithaca/domain";
import type { Messages, RecordedFacts } from "@ithaca/store";

type MessageView = AnswerOf<"read-case">["messages"][number];

/** The most messages that the store reads at once. */
const READ_AT_ONCE_MAX = 100;

/** The messages of a case, oldest first, and its subject, which is its opening message's. */
export async function messagesOf(
  current: Case,
  recorded: readonly RecordedFacts[],
  internal: boolean,
  messages: Messages,
): Promise<{ subject: string | undefined; shown: MessageView[] }> {
  const named = recorded.flatMap(({ facts }) => facts.flatMap((fact) => messageNamedBy(fact, internal) ?? []));
  const ids = [...new Set(named)].slice(-SHOWN_MESSAGES_MAX);
  const read = await readAll([...new Set([current.openingMessageId, ...ids])], messages);

  return {
    subject: read.find(({ id }) => id === current.openingMessageId)?.subject,
    shown: read
      .filter((message) => ids.includes(message.id) && (internal || message.direction !== "internal"))
      .map((message) => viewOf(message, internal)),
  };
}

/** A case knows its messages through its facts alone. */
function messageNamedBy(fact: Fact, internal: boolean): string | undefined {
  switch (fact.type) {
    case "MessageReceived":
    case "ReplyWritten":
      return fact.messageId;
    case "NoteWritten":
      return internal ? fact.messageId : undefined;
    default:
      return undefined;
  }
}

async function readAll(ids: readonly string[], messages: Messages): Promise<Message[]> {
  const pages: string[][] = [];
  for (let at = 0; at < ids.length; at += READ_AT_ONCE_MAX) pages.push(ids.slice(at, at + READ_AT_ONCE_MAX));
  return (await Promise.all(pages.map((page) => messages.read(page)))).flat();
}

function viewOf(message: Message, internal: boolean): MessageView {
  const { id, direction, channel, by, personId, subject, text, language, receivedAt, evidence, attachments } = message;
  return {
    id,
    direction,
    channel,
    by,
    text,
    receivedAt,
    attachments,
    ...(personId !== undefined && { personId }),
    ...(subject !== undefined && { subject }),
    ...(language !== undefined && { language }),
    ...(internal && evidence !== undefined && { evidence }),
  };
}
