import type { Case, FactOf, Message } from "@ithaca/domain";
import type { Cast } from "../workload/cast.ts";
import type { AppendSeen } from "./history.ts";

/** Law 6: words come on a case only from those whom it concerns, and who are who they say (support-policy.md, Cases). */
export function openJoinLaw(cast: Cast, violated: (law: string, what: string) => void) {
  const accounts = new Map(cast.customers.map(({ personId, accountId }) => [personId, accountId]));
  const received = new Map<string, FactOf<"MessageReceived">>();

  function joined(before: Case, { personId, messageId, by }: FactOf<"MessageReceived">, message?: Message): void {
    if (by.kind === "agent") return;
    const account = accounts.get(personId);
    const takesPart = before.participants.some((participant) => participant.personId === personId);
    if (before.requesterId !== personId && !takesPart && (account === undefined || account !== before.accountId)) {
      violated("authorization", `${messageId} of ${personId} came on ${before.id}, which does not concern them`);
    }
    const verdict = message?.evidence?.authentication?.dmarc;
    if (message?.channel === "email" && verdict !== "pass") {
      violated("strangers", `${messageId} came on ${before.id} as ${personId}'s, and nobody vouches for that`);
    }
  }

  return {
    onAppend({ before, facts, messages }: AppendSeen): void {
      for (const fact of facts) {
        if (fact.type !== "MessageReceived") continue;
        if (before !== undefined) joined(before, fact, messages[0]);
        // What was split off is the same message on another case: received when it was, by the channel it came by.
        const known = received.get(fact.messageId);
        if (known !== undefined && (known.receivedAt !== fact.receivedAt || known.channel !== fact.channel)) {
          violated("intake", `${fact.messageId} was received at ${known.receivedAt} and again at ${fact.receivedAt}`);
        }
        received.set(fact.messageId, known ?? fact);
      }
    },
  };
}
