import type { Fact, Message } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import type { SentMessage } from "../workload/operation.ts";
import type { ApiRequest } from "../world/world.ts";
import type { AppendSeen } from "./history.ts";

/** So much of a text is told of one that is not as it was written: long ones are long. */
const TOLD_LENGTH = 80;

/** Law 1: what people wrote is on the desk word for word, and nothing that nobody wrote. */
export function openWordsLaw(violated: (law: string, what: string) => void) {
  /** All that anybody asked the desk to keep. */
  const written = new Set<string>();
  const ids = new Set<string>();

  function judge({ id, text, subject }: Message, sent: SentMessage | undefined): void {
    if (sent === undefined) {
      if (!written.has(text)) violated("words", `${id} says ${told(text)}, and nobody wrote that`);
      return;
    }
    if (text !== sent.text) violated("words", `${id} says ${told(text)}, not ${told(sent.text)}`);
    if (subject !== sent.subject) violated("words", `${id} is about ${subject}, not ${sent.subject}`);
  }

  return {
    onAppend({ facts }: Pick<AppendSeen, "facts">): void {
      for (const id of facts.flatMap(messagesIn)) ids.add(id);
    },
    /** Remembers what a request asks the desk to keep. */
    onAnswer({ body }: ApiRequest): void {
      const { text, reason } = (body ?? {}) as { text?: string; reason?: string };
      for (const words of [text, reason]) if (words !== undefined) written.add(words);
    },
    async atEnd({ messages }: Pick<Store, "messages">, sent: readonly SentMessage[]): Promise<void> {
      const sentAs = new Map(sent.map((one) => [one.receipt?.messageId, one]));
      const found = new Map((await messages.read([...ids])).map((message) => [message.id, message]));
      for (const id of ids) {
        const message = found.get(id);
        if (message === undefined) violated("words", `${id} is in a fact, and its message is not there`);
        else judge(message, sentAs.get(id));
      }
    },
  };
}

/** The messages that a fact says were written: by customers, by agents, and as the reason for something. */
function messagesIn(fact: Fact): string[] {
  const { messageId, reasonId } = fact as { messageId?: string; reasonId?: string };
  return [messageId, reasonId].flatMap((id) => id ?? []);
}

function told(text: string): string {
  return text.length <= TOLD_LENGTH ? text : `${text.slice(0, TOLD_LENGTH)}… (${text.length} characters)`;
}
