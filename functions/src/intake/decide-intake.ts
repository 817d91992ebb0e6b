import {
  type Account,
  type Actor,
  actorOf,
  applyAppend,
  type Case,
  type Fact,
  type Instant,
  isConcerned,
  later,
  type Message,
  numberOf,
  openCase,
  owedBy,
  type Principal,
  type Projection,
  project,
  type Rulebook,
  receiveMessage,
  takesMessages,
} from "@ithaca/domain";
import type { Append, IntakeFound, Receipt } from "@ithaca/store";
import type { Sender, SentMessage } from "./sender.ts";

/** What somebody asks for who asks for nothing while no policy says what that means. The policy has no such priority. */
const UNSPECIFIED_PRIORITY = "unspecified";

/** A message with all that is known of it when it is decided where it goes. */
export interface Intake {
  readonly principal: Principal;
  readonly message: SentMessage;
  readonly messageId: string;
  readonly receivedAt: Instant;
  readonly sender: Sender;
  readonly account: Account | undefined;
  readonly rulebook: Rulebook | undefined;
}

/** What is written of a message, and what its sender is told. */
export interface Decided {
  readonly append: Append;
  readonly receipt: Receipt;
}

/** A message joins the case that it names if it may and if the case still takes messages; otherwise it opens one. */
export function decideIntake(
  intake: Intake,
  found: Pick<IntakeFound, "case" | "projection">,
  newCaseId: string,
  now: Instant,
): Decided {
  const { sender, rulebook } = intake;
  const named = found.case;
  if (named === undefined || rulebook === undefined || !mayJoin(intake, named)) {
    return open(intake, named && { link: "possibly-about", caseId: named.id }, newCaseId, now);
  }
  const at = later(now, named.changedAt);
  if (!takesMessages(named, rulebook, at)) return open(intake, { link: "follows", caseId: named.id }, newCaseId, now);

  const facts = receiveMessage(named, { ...writtenOf(intake), personId: sender.personId }, rulebook, at, byOf(intake));
  return decided(intake, { current: named, facts, before: found.projection }, named.id);
}

/** Agents always; others if they are who they say, and a participant or of the case's account (support-policy.md, Cases). */
function mayJoin({ principal, sender }: Intake, named: Case): boolean {
  return principal.kind === "agent" || (sender.authenticated && isConcerned(sender, named));
}

function open(
  intake: Intake,
  link: { link: "possibly-about" | "follows"; caseId: string } | undefined,
  caseId: string,
  now: Instant,
): Decided {
  const { principal, message, sender, account, rulebook } = intake;
  const facts = openCase(
    {
      ...writtenOf(intake),
      requestedPriority: message.requestedPriority ?? rulebook?.policy.defaultPriority ?? UNSPECIFIED_PRIORITY,
      requesterId: sender.personId,
      senderVerified: sender.verified,
      mayPage: sender.mayPage,
      accountId: account?.id,
      accountTeam: account?.team,
      package: account?.package,
      claimedAccountId: principal.kind === "channel" ? message.from?.accountId : undefined,
      link,
    },
    rulebook,
    now,
    byOf(intake),
  );
  return decided(intake, { current: undefined, facts, before: undefined }, caseId);
}

function writtenOf({ message, messageId, receivedAt }: Intake) {
  const { channel, subject, evidence } = message;
  return { messageId, channel, subject, receivedAt, automatic: evidence?.automatic ?? false };
}

function byOf({ principal }: Intake): Actor {
  return actorOf(principal);
}

function decided(
  intake: Intake,
  change: { current: Case | undefined; facts: readonly Fact[]; before: Projection | undefined },
  caseId: string,
): Decided {
  const { current, facts, before } = change;
  const next = applyAppend(current, facts, caseId);
  const projection = project(next, intake.rulebook);
  const { newPerson } = intake.sender;

  return {
    append: {
      caseId,
      expectedVersion: current?.version ?? 0,
      next,
      facts,
      projection,
      ...(current !== undefined && before !== undefined && { before: { case: current, projection: before } }),
      effects: owedBy({ facts, next, projection, wakeAtBefore: before?.wakeAt }, next.changedAt),
      messages: [messageOf(intake, caseId)],
      ...(newPerson !== undefined && { persons: [newPerson] }),
    },
    receipt: receiptOf(intake, next, projection, current !== undefined),
  };
}

function messageOf(intake: Intake, caseId: string): Message {
  const { message, messageId, receivedAt, sender } = intake;
  const { channel, channelMessageId, subject, text, language, evidence, attachments } = message;
  return {
    id: messageId,
    caseId,
    direction: "inbound",
    channel,
    by: byOf(intake),
    personId: sender.personId,
    text,
    receivedAt,
    channelMessageId,
    attachments: attachments ?? [],
    ...(subject !== undefined && { subject }),
    ...(language !== undefined && { language }),
    ...(evidence !== undefined && { evidence }),
  };
}

/** What the sender learns. Of a case that they may not write to they learn nothing, not even that it is there. */
function receiptOf(intake: Intake, next: Case, projection: Projection, joined: boolean): Receipt {
  return {
    caseId: next.id,
    number: numberOf(next.id),
    messageId: intake.messageId,
    joined,
    receivedAt: intake.receivedAt,
    ...(next.priority !== undefined && { priority: next.priority }),
    ...(next.team !== undefined && { team: next.team }),
    ...(projection.dueAt !== undefined && { dueAt: projection.dueAt }),
  };
}
