import { type AnswerOf, SHOWN_MESSAGES_MAX } from "@ithaca/contracts";
import { type Case, type Message, messagesOnCase } from "@ithaca/domain";
import type { RecordedFacts } from "@ithaca/store";
import type { Ports } from "../runtime/ports.ts";

type MessageView = AnswerOf<"read-case">["messages"][number];

/** How many messages are read at once: a fraction of what the store would read, for they may be long. */
const READ_AT_ONCE_MAX = 50;

/**
 * How much of what was written one answer holds, in bytes of JSON: Lambda takes 6 MB, in which each quotation mark and
 * backslash of it counts twice.
 */
const SHOWN_BYTES_MAX = 2_000_000;

type MessagePorts = Pick<Ports, "messages" | "count" | "note">;

/** The newest messages of a case, oldest first, as many as an answer holds, and its subject, which is its opening message's. */
export async function messagesOf(
  current: Case,
  recorded: readonly RecordedFacts[],
  internal: boolean,
  { messages, count, note }: MessagePorts,
): Promise<{ subject: string | undefined; shown: MessageView[] }> {
  const onCase = messagesOnCase(recorded.flatMap(({ facts }) => facts));
  const ids = onCase.flatMap((one) => (one.internal === true && !internal ? [] : one.id)).slice(-SHOWN_MESSAGES_MAX);
  const [shown, opening] = await Promise.all([
    newestOf(ids, internal, messages),
    messages.read([current.openingMessageId]),
  ]);
  const missing = shown.filter(({ textMissing }) => textMissing === true);
  if (missing.length > 0) {
    count("texts-missing", missing.length);
    note({ textsMissing: missing.map(({ id }) => id).join(" ") });
  }
  // What a merge brought along was written between what was there.
  return { subject: opening[0]?.subject, shown: shown.toSorted((a, b) => a.receivedAt - b.receivedAt) };
}

/** Reads from the newest on, until an answer would hold no more. */
async function newestOf(
  ids: readonly string[],
  internal: boolean,
  messages: Ports["messages"],
): Promise<MessageView[]> {
  const newestFirst: MessageView[] = [];
  let leftBytes = SHOWN_BYTES_MAX;
  for (let end = ids.length; end > 0; end -= READ_AT_ONCE_MAX) {
    const read = await messages.read(ids.slice(Math.max(0, end - READ_AT_ONCE_MAX), end));
    const views = read.filter(({ direction }) => internal || direction !== "internal");
    for (const view of views.reverse().map((message) => viewOf(message, internal))) {
      leftBytes -= Buffer.byteLength(JSON.stringify(view));
      if (leftBytes < 0) return newestFirst.reverse();
      newestFirst.push(view);
    }
  }
  return newestFirst.reverse();
}

function viewOf(message: Message, internal: boolean): MessageView {
  const { id, direction, channel, by, personId, subject, text, language, receivedAt, evidence, attachments } = message;
  const { textMissing } = message;
  return {
    id,
    direction,
    channel,
    by,
    text,
    receivedAt,
    attachments,
    ...(textMissing !== undefined && { textMissing }),
    ...(personId !== undefined && { personId }),
    ...(subject !== undefined && { subject }),
    ...(language !== undefined && { language }),
    ...(internal && evidence !== undefined && { evidence }),
  };
}
