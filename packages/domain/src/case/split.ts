import type { Actor } from "../access/actor.ts";
import type { Message } from "../message/message.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { followMessages } from "../sla/follow-messages.ts";
import { LINKS_MAX } from "../text/limits.ts";
import type { Instant } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { type Refused, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact } from "./facts.ts";
import type { Both } from "./merge.ts";
import { openCase } from "./open-case.ts";

/**
 * Makes a case of its own of a customer's later message: a different question is a different case. Its clock starts when
 * the message was received (sla.md, split off), and the clock here goes on from `waitingSince`, the oldest of the messages
 * that remain and wait for an answer. Nobody is told but whoever wrote it, if `notify` says so; merging it back is the way
 * back.
 */
export function split(
  current: Case,
  message: Message,
  { intoCaseId, waitingSince, notify }: { intoCaseId: string; waitingSince: Instant | undefined; notify?: boolean },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Both | Refused {
  if (current.mergedInto !== undefined) return refuse("merged-away");
  if (message.id === current.openingMessageId || message.direction !== "inbound") return refuse("not-splittable");
  if (current.links.length >= LINKS_MAX) return refuse("too-many-links");

  const { channel, subject, receivedAt, evidence } = message;
  const { requestedPriority, senderVerified, accountId, accountTeam } = current;
  const opening = {
    messageId: message.id,
    channel,
    subject,
    receivedAt,
    requestedPriority,
    senderVerified,
    ...(current.mayPage !== undefined && { mayPage: current.mayPage }),
    accountId,
    accountTeam,
    package: current.package,
    requesterId: message.personId ?? current.requesterId,
    automatic: evidence?.automatic ?? false,
    link: { link: "split-from" as const, caseId: current.id, ...(notify === true && { notify }) },
  };
  const left: Fact = { type: "MessageSplitOff", at: now, by, messageId: message.id, intoCaseId };
  const remaining = applyAppend(current, [left], current.id);
  return {
    first: [left, ...followMessages(remaining, waitingSince, rulebook, now, by)],
    second: openCase(opening, rulebook, now, by),
  };
}
