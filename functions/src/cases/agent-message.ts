import type { Actor, Case, Direction, Instant, Message } from "@ithaca/domain";

/** Words that a fact names by their id: a message of a case, or why an agent did something. */
export interface Words {
  readonly id: string;
  of(current: Case, now: Instant): Message;
}

/** Why an agent does something, where they say it: words among agents, named by the fact and no message of the case. */
export function reasonFor(asked: string | undefined, by: Actor, newId: (prefix: "msg") => string): Words | undefined {
  if (asked === undefined) return undefined;
  const id = newId("msg");
  return { id, of: (current, at) => agentMessage(current, "internal", { id, by, text: asked, at }) };
}

/** What an agent writes on a case: to the customer (`outbound`) or to other agents (`internal`). */
export function agentMessage(
  current: Case,
  direction: Exclude<Direction, "inbound">,
  written: { id: string; by: Actor; text: string; at: Instant },
): Message {
  return {
    id: written.id,
    caseId: current.id,
    direction,
    channel: current.channel,
    by: written.by,
    text: written.text,
    receivedAt: written.at,
    attachments: [],
    ...(direction === "outbound" && { personId: current.requesterId }),
  };
}
