import * as z from "zod/mini";
import { Actor } from "../access/actor.ts";
import { AccountId } from "../account/account.ts";
import { MessageId } from "../message/message.ts";
import { PersonId } from "../person/person.ts";
import { Metric, ReviewFlag } from "../policy/policy.ts";
import { CancelReason, Segment } from "../sla/clock.ts";
import { Code } from "../text/code.ts";
import { Reason } from "../text/limits.ts";
import { Instant } from "../time/instant.ts";
import { CaseId } from "./case-number.ts";

/** What every fact says: when it was decided, and by whom. Ids, codes and instants only: no names, nothing written. */
function fact<Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) {
  return z.object({ type: z.literal(name), at: Instant, by: Actor, ...shape });
}

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
  cause: z.enum(["priority-raised", "priority-lowered", "handed-over", "older-message"]),
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
export const ClockWaived = fact("ClockWaived", { ...CycleReference, reason: Reason });

export const CaseEscalated = fact("CaseEscalated", { fromTier: z.int(), toTier: z.int() });

export const CaseTaken = fact("CaseTaken", { assigneeId: z.string(), previousAssigneeId: z.optional(z.string()) });

/** An agent's words to the customer. */
export const ReplyWritten = fact("ReplyWritten", { messageId: MessageId, personId: PersonId });

/** An agent's words to other agents; a customer never sees them. */
export const NoteWritten = fact("NoteWritten", { messageId: MessageId });

export const PriorityChanged = fact("PriorityChanged", { from: Code, to: Code, reason: z.optional(Reason) });

export const CaseResolved = fact("CaseResolved", { withWords: z.boolean() });

export const CaseReopened = fact("CaseReopened", { messageId: MessageId });

/** The message named another case that its sender may not write to (support-policy.md, Cases). */
export const CaseLinked = fact("CaseLinked", {
  link: z.enum(["possibly-about", "follows"]),
  caseId: CaseId,
});

/** The case was opened though it could not be triaged; triage is owed. */
export const TriageDeferred = fact("TriageDeferred", { cause: z.enum(["no-policy", "decision-failed"]) });

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
  ReplyWritten,
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
