import * as z from "zod/mini";
import { Actor } from "../access/actor.ts";
import { PrincipalId } from "../access/principal.ts";
import { AccountId } from "../account/account.ts";
import { MessageId } from "../message/message.ts";
import { PersonId } from "../person/person.ts";
import { Metric, ReviewFlag, Told } from "../policy/policy.ts";
import { CancelReason, Segment } from "../sla/clock.ts";
import { Code } from "../text/code.ts";
import {
  COLLABORATORS_MAX,
  FIELDS_MAX,
  MERGED_MESSAGES_MAX,
  PARTICIPANTS_MAX,
  Reason,
  TAGS_MAX,
  Tag,
  WAITING_MAX,
} from "../text/limits.ts";
import { Instant } from "../time/instant.ts";
import { FieldValue, Mark, Participant, Status } from "./case.ts";
import { CaseId } from "./case-number.ts";

/** What every fact says: when it was decided, and by whom. Ids, codes and instants only: no names, nothing written. */
function fact<Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) {
  return z.object({ type: z.literal(name), at: Instant, by: Actor, ...shape });
}

/**
 * Why a person did it: words of theirs, kept as content of their own that can be erased, and named here by its id. Facts of
 * older code have the words themselves.
 */
const Because = { reasonId: z.optional(MessageId), reason: z.optional(Reason) };

const CycleReference = { metric: Metric, cycle: z.int().check(z.gte(1)) };

export const CaseOpened = fact("CaseOpened", {
  channel: Code,
  messageId: MessageId,
  receivedAt: Instant,
  requesterId: PersonId,
  accountId: z.optional(AccountId),
  package: z.optional(Code),
  accountTeam: z.optional(Code),
  requestedPriority: Code,
  /** The sender is who they say they are: signed in, or authenticated mail of a known person. */
  senderVerified: z.boolean(),
  /** Whether the case may wake on-call before anybody has looked at it; as `senderVerified` where it is absent. */
  mayPage: z.optional(z.boolean()),
});

/** A customer's message came, on a case that is there already or as the one that opened it. */
export const MessageReceived = fact("MessageReceived", {
  messageId: MessageId,
  channel: Code,
  personId: PersonId,
  receivedAt: Instant,
  automatic: z.boolean(),
});

export const PriorityClassified = fact("PriorityClassified", {
  requested: Code,
  priority: Code,
  ruleId: Code,
  policyVersion: z.int(),
  flag: z.optional(ReviewFlag),
  /** It may wake on-call after all, which was not known when the case was opened, for no policy could be read then. */
  mayPage: z.optional(z.literal(true)),
  /** The channel vouches for its sender, which was not known then either: what is believed of them from now on. */
  vouched: z.optional(
    z.object({
      verified: z.boolean(),
      accountId: z.optional(AccountId),
      accountTeam: z.optional(Code),
      package: z.optional(Code),
    }),
  ),
});

export const CaseRouted = fact("CaseRouted", {
  team: Code,
  ruleId: Code,
  policyVersion: z.int(),
});

/** A case that pages came while no team was open: on-call answers until the first team opens. */
export const CoverageGapFound = fact("CoverageGapFound", { team: Code });

export const ClockStarted = fact("ClockStarted", {
  ...CycleReference,
  startedAt: Instant,
  dueAt: Instant,
  segment: Segment,
});

/** A running clock got another target or other hours: both dues are recorded. */
export const ClockRetargeted = fact("ClockRetargeted", {
  ...CycleReference,
  cause: z.enum(["priority-raised", "priority-lowered", "handed-over", "older-message", "message-gone"]),
  dueBefore: Instant,
  dueAt: Instant,
  segment: Segment,
});

export const ClockWarned = fact("ClockWarned", { ...CycleReference, percent: z.number(), dueAt: Instant });

/** The promise is broken. `dueAt` is the instant of the breach, `at` when it was noticed. One per cycle, for ever. */
export const ClockBreached = fact("ClockBreached", { ...CycleReference, dueAt: Instant, team: Code, tier: z.int() });

/** Somebody answered. After a breach the cycle ends as missed. */
export const ClockStopped = fact("ClockStopped", {
  ...CycleReference,
  stoppedAt: Instant,
  /** The due as it was then; absent in facts of older code. */
  dueAt: z.optional(Instant),
  outcome: z.enum(["met", "missed"]),
});

export const ClockCancelled = fact("ClockCancelled", { ...CycleReference, reason: CancelReason });

/** A cycle that had ended goes on, leaving out the time since: the case was reopened. */
export const ClockReopened = fact("ClockReopened", { ...CycleReference, dueAt: Instant });

/** Somebody excused a breach: reports change, the fact does not. */
export const ClockWaived = fact("ClockWaived", { ...CycleReference, ...Because });

/** A broken promise took the case up. What facts of older code lack: they went by no rule, and told lead and assignee. */
export const CaseEscalated = fact("CaseEscalated", {
  fromTier: z.int(),
  toTier: z.int(),
  metric: z.optional(Metric),
  ruleId: z.optional(Code),
  policyVersion: z.optional(z.int()),
  tells: z.optional(z.array(Told).check(z.maxLength(3))),
});

export const CaseTaken = fact("CaseTaken", { assigneeId: z.string(), previousAssigneeId: z.optional(z.string()) });

/** Somebody gave the case to an agent. */
export const CaseAssigned = fact("CaseAssigned", {
  assigneeId: PrincipalId,
  previousAssigneeId: z.optional(z.string()),
});

/** The case is nobody's again. */
export const CaseReleased = fact("CaseReleased", { previousAssigneeId: z.string() });

/** Somebody gave the case to another team: not a rule, a person. */
export const CaseHandedOver = fact("CaseHandedOver", {
  from: z.optional(Code),
  to: Code,
  ...Because,
});

/** Agents joined the work on the case beside its assignee, or left it. */
export const CollaboratorsChanged = fact("CollaboratorsChanged", {
  added: z.array(PrincipalId).check(z.maxLength(COLLABORATORS_MAX)),
  removed: z.array(PrincipalId).check(z.maxLength(COLLABORATORS_MAX)),
});

/** Somebody or something moved the case to another status, of the desk's own or not; resolving has a fact of its own. */
export const StatusChanged = fact("StatusChanged", {
  from: Status,
  to: Status,
  until: z.optional(Instant),
  ownStatus: z.optional(Code),
});

/** The tags changed. People write tags, so they stay on the case and out of events. */
export const TagsChanged = fact("TagsChanged", {
  added: z.array(Tag).check(z.maxLength(TAGS_MAX)),
  removed: z.array(Tag).check(z.maxLength(TAGS_MAX)),
});

/** Fields that the policy defines were filled or emptied. */
export const FieldsChanged = fact("FieldsChanged", {
  set: z.record(Code, FieldValue),
  cleared: z.array(Code).check(z.maxLength(FIELDS_MAX)),
});

/** Somebody looked and says what the case is. */
export const CaseMarked = fact("CaseMarked", { mark: Mark });
/** The mark was a mistake. */
export const CaseUnmarked = fact("CaseUnmarked", { mark: Mark });

/** A person takes part in the case, or another part than before. */
export const ParticipantAdded = fact("ParticipantAdded", { ...Participant.shape });
/** A person takes part no more. */
export const ParticipantRemoved = fact("ParticipantRemoved", { personId: PersonId });

/** A message that nobody answered yet. */
const WaitingMessage = z.object({ messageId: MessageId, receivedAt: Instant });

/** Another case goes on in this one: its messages are here from now on, and those who take part in it. */
export const CaseMerged = fact("CaseMerged", {
  fromCaseId: CaseId,
  messageIds: z.array(MessageId).check(z.maxLength(MERGED_MESSAGES_MAX)),
  participants: z.array(Participant).check(z.maxLength(PARTICIPANTS_MAX)),
  /** Those of the messages that wait for an answer, the oldest of too many; absent in facts of older code. */
  waiting: z.optional(z.array(WaitingMessage).check(z.maxLength(WAITING_MAX))),
});

/** This case goes on in another one. Its number leads there for ever. */
export const CaseMergedAway = fact("CaseMergedAway", {
  intoCaseId: CaseId,
  statusBefore: Status,
  /** Whoever asked is to be told where it goes on; absent: nobody is. */
  notify: z.optional(z.boolean()),
  /** What opened this case was written by a machine, which is told nothing; absent: by a person. */
  automatic: z.optional(z.boolean()),
});

/** The merge was a mistake: what came with it is gone again. */
export const CaseUnmerged = fact("CaseUnmerged", {
  fromCaseId: CaseId,
  messageIds: z.array(MessageId).check(z.maxLength(MERGED_MESSAGES_MAX)),
  participantIds: z.array(PersonId).check(z.maxLength(PARTICIPANTS_MAX)),
});

/** This case is itself again, as it was before it was merged. */
export const CaseRestored = fact("CaseRestored", { fromCaseId: CaseId, status: Status });

/** A message was another question: it opened a case of its own. */
export const MessageSplitOff = fact("MessageSplitOff", { messageId: MessageId, intoCaseId: CaseId });

/** The links that an agent may take away; the first two are made by intake too. */
export const ManualLink = z.enum(["possibly-about", "follows", "related", "parent"]);
export type ManualLink = z.infer<typeof ManualLink>;

/** An agent took a link away. */
export const CaseUnlinked = fact("CaseUnlinked", { link: ManualLink, caseId: CaseId });

/** An agent's words to the customer. */
export const ReplyWritten = fact("ReplyWritten", { messageId: MessageId, personId: PersonId });

/** An agent spoke to the customer on a call that connected; what was said stands in an internal message. */
export const CallConnected = fact("CallConnected", { messageId: MessageId, personId: PersonId });

/** An agent's words to other agents; a customer never sees them. */
export const NoteWritten = fact("NoteWritten", { messageId: MessageId });

export const PriorityChanged = fact("PriorityChanged", { from: Code, to: Code, ...Because });

export const CaseResolved = fact("CaseResolved", { withWords: z.boolean(), ownStatus: z.optional(Code) });

export const CaseReopened = fact("CaseReopened", { messageId: MessageId });

/** How the case stands to another: its message named it, an agent says so, or it was split off from it. */
export const CaseLinked = fact("CaseLinked", {
  link: z.enum(["possibly-about", "follows", "related", "parent", "split-from"]),
  caseId: CaseId,
  /** Of a case that was split off: whoever asked is to be told of it; absent: nobody is. */
  notify: z.optional(z.boolean()),
});

/** The case was opened though it could not be triaged; triage is owed. */
export const TriageDeferred = fact("TriageDeferred", {
  cause: z.enum(["no-policy", "decision-failed"]),
  /** The account that the channel said its sender is of, while no policy said whether the channel is to be believed. */
  claimedAccountId: z.optional(AccountId),
});

/** Everything that can happen to a case. A fact is never changed; a correction is another fact. */
export const Fact = z.discriminatedUnion("type", [
  CaseOpened,
  MessageReceived,
  PriorityClassified,
  CaseRouted,
  CoverageGapFound,
  ClockStarted,
  ClockRetargeted,
  ClockWarned,
  ClockBreached,
  ClockStopped,
  ClockCancelled,
  ClockReopened,
  ClockWaived,
  CaseEscalated,
  CaseTaken,
  CaseAssigned,
  CaseReleased,
  CaseHandedOver,
  CollaboratorsChanged,
  StatusChanged,
  TagsChanged,
  FieldsChanged,
  CaseMarked,
  CaseUnmarked,
  ParticipantAdded,
  ParticipantRemoved,
  CaseMerged,
  CaseMergedAway,
  CaseUnmerged,
  CaseRestored,
  MessageSplitOff,
  CaseUnlinked,
  ReplyWritten,
  CallConnected,
  NoteWritten,
  PriorityChanged,
  CaseResolved,
  CaseReopened,
  CaseLinked,
  TriageDeferred,
]);
export type Fact = z.infer<typeof Fact>;
export type FactType = Fact["type"];
export type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>;
