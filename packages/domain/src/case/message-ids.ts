import type { Fact } from "./facts.ts";

/** A message that is on a case, and whether only agents see it. */
export interface MessageOnCase {
  readonly id: string;
  /** Unknown of what a merge brought along: the message itself says. */
  readonly internal: boolean | undefined;
}

/** The messages of a case as its facts have them, in the order in which they came on it: a case knows them so alone. */
export function messagesOnCase(facts: Iterable<Fact>): MessageOnCase[] {
  const found = new Map<string, MessageOnCase>();
  const add = (id: string, internal: boolean | undefined) => found.set(id, { id, internal });
  for (const fact of facts) {
    switch (fact.type) {
      case "MessageReceived":
      case "ReplyWritten":
        add(fact.messageId, false);
        break;
      case "NoteWritten":
      case "CallConnected":
        add(fact.messageId, true);
        break;
      case "CaseMerged":
        for (const id of fact.messageIds) add(id, undefined);
        break;
      case "CaseUnmerged":
        for (const id of fact.messageIds) found.delete(id);
        break;
      case "MessageSplitOff":
        found.delete(fact.messageId);
        break;
    }
  }
  return [...found.values()];
}
