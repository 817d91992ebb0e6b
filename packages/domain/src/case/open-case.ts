import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { Fact } from "./facts.ts";
import { triageFacts } from "./triage.ts";

/** A message that opens a case, with what is known of its sender. */
export interface Opening {
  messageId: string;
  channel: string;
  subject?: string | undefined;
  requestedPriority: string;
  receivedAt: Instant;
  automatic: boolean;
  requesterId: string;
  senderVerified: boolean;
  /** Whether it may wake on-call by itself (support-policy.md, The word in the subject); if verified, when left out. */
  mayPage?: boolean | undefined;
  accountId?: string | undefined;
  accountTeam?: string | undefined;
  package?: string | undefined;
  /** The account that a channel named, to be believed once a policy says that it vouches for its senders. */
  claimedAccountId?: string | undefined;
  /** Another case that the message stands to, when it may not join it. */
  link?: { link: "possibly-about" | "follows" | "split-from"; caseId: string; notify?: boolean } | undefined;
}

/**
 * Opens a case and triages it in one go. Without a rulebook, or when triage throws, the case opens all the same and its
 * triage is owed: no question is lost to a faulty policy (design.md, Triage is part of opening).
 */
export function openCase(opening: Opening, rulebook: Rulebook | undefined, now: Instant, by: Actor): Fact[] {
  return [...openingFacts(opening, now, by), ...triageOrDefer(opening, rulebook, now, by)];
}

function openingFacts(opening: Opening, now: Instant, by: Actor): Fact[] {
  const { messageId, channel, receivedAt, requesterId, accountId, accountTeam, automatic, link } = opening;
  return [
    {
      type: "CaseOpened",
      at: now,
      by,
      channel,
      messageId,
      receivedAt,
      requesterId,
      requestedPriority: opening.requestedPriority,
      senderVerified: opening.senderVerified,
      ...(opening.mayPage !== undefined && { mayPage: opening.mayPage }),
      ...(accountId !== undefined && { accountId }),
      ...(accountTeam !== undefined && { accountTeam }),
      ...(opening.package !== undefined && { package: opening.package }),
    },
    { type: "MessageReceived", at: now, by, messageId, channel, personId: requesterId, receivedAt, automatic },
    ...(link === undefined ? [] : [{ type: "CaseLinked" as const, at: now, by, ...link }]),
  ];
}

function triageOrDefer(opening: Opening, rulebook: Rulebook | undefined, now: Instant, by: Actor): Fact[] {
  if (rulebook === undefined) {
    const { claimedAccountId } = opening;
    return [
      {
        type: "TriageDeferred",
        at: now,
        by,
        cause: "no-policy",
        ...(claimedAccountId !== undefined && { claimedAccountId }),
      },
    ];
  }
  try {
    return triageFacts(opening, rulebook, now, by);
  } catch {
    return [{ type: "TriageDeferred", at: now, by, cause: "decision-failed" }];
  }
}
