import { earlier, type Instant } from "../time/instant.ts";
import type { Fact, FactOf } from "./facts.ts";

/** A message of a case that waits for an answer. */
export type WaitingMessage = NonNullable<FactOf<"CaseMerged">["waiting"]>[number];

/**
 * The messages of a case that came after the last answer and have none, as they came on it. Automatic mail waits for
 * nothing, and a silent resolution ends the waiting.
 */
export function waitingMessages(facts: Iterable<Fact>): WaitingMessage[] {
  const waiting = new Map<string, WaitingMessage>();
  for (const fact of facts) {
    switch (fact.type) {
      case "MessageReceived":
        if (!fact.automatic) waiting.set(fact.messageId, fact);
        break;
      case "ReplyWritten":
      case "CallConnected":
      case "CaseResolved":
        waiting.clear();
        break;
      case "CaseMerged":
        for (const came of fact.waiting ?? []) waiting.set(came.messageId, came);
        break;
      case "CaseUnmerged":
        for (const id of fact.messageIds) waiting.delete(id);
        break;
      case "MessageSplitOff":
        waiting.delete(fact.messageId);
        break;
    }
  }
  return [...waiting.values()].map(({ messageId, receivedAt }) => ({ messageId, receivedAt }));
}

/** When the oldest of them was received, without those that are about to leave the case; undefined when none waits. */
export function waitingSince(facts: Iterable<Fact>, gone: readonly string[] = []): Instant | undefined {
  return waitingMessages(facts)
    .filter(({ messageId }) => !gone.includes(messageId))
    .reduce<Instant | undefined>(
      (oldest, { receivedAt }) => (oldest === undefined ? receivedAt : earlier(oldest, receivedAt)),
      undefined,
    );
}
