import type { Actor, Case, Direction, Instant, Message } from "@ithaca/domain";

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
