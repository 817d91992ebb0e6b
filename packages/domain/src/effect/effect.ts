import * as z from "zod/mini";
import { Actor } from "../access/actor.ts";
import { CaseId } from "../case/case-number.ts";
import { MessageId } from "../message/message.ts";
import { PersonId } from "../person/person.ts";
import { Metric } from "../policy/policy.ts";
import { Code } from "../text/code.ts";
import { Instant } from "../time/instant.ts";

/** Who a mail goes to, by id: the address is looked up when it is sent. One effect per recipient. */
export const Recipient = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), personId: PersonId }),
  z.object({ kind: z.literal("agent"), principalId: z.string() }),
  z.object({ kind: z.literal("team-lead"), team: Code }),
  z.object({ kind: z.literal("on-call"), team: Code }),
]);
export type Recipient = z.infer<typeof Recipient>;

/** What a mail says. Notices (the last four) are for agents only and can address nobody else. */
export const MailTemplate = z.enum([
  "acknowledgement",
  "reply",
  "merged",
  "split",
  "warning",
  "breach",
  "escalation",
  "on-call-page",
]);
export type MailTemplate = z.infer<typeof MailTemplate>;

export const MailOwed = z.object({
  kind: z.literal("mail"),
  template: MailTemplate,
  to: Recipient,
  messageId: z.optional(MessageId),
  /** The case in which a merged one goes on, or from which a message was split off. */
  otherCaseId: z.optional(CaseId),
  metric: z.optional(Metric),
  /** Which cycle of the metric; absent in what older code owed. */
  cycle: z.optional(z.int().check(z.gte(1))),
  percent: z.optional(z.number()),
  dueAt: z.optional(Instant),
  /** The agent who wrote a reply: it is their task should it be abandoned. Absent in what older code owed. */
  by: z.optional(Actor.shape.id),
});
export const TimerOwed = z.object({ kind: z.literal("timer"), wakeAt: Instant });
export const EscalationOwed = z.object({
  kind: z.literal("escalation"),
  fromTier: z.int(),
  /** Which promise was broken; absent in what older code owed. */
  metric: z.optional(Metric),
});
export const TriageOwed = z.object({ kind: z.literal("triage") });

/** What must be done outside the transaction because of a fact in it. */
export const Owed = z.discriminatedUnion("kind", [MailOwed, TimerOwed, EscalationOwed, TriageOwed]);
export type Owed = z.infer<typeof Owed>;
export type OwedKind = Owed["kind"];
export type OwedOf<Kind extends OwedKind> = Extract<Owed, { kind: Kind }>;

/** Why an effect is never done. Somebody can see it on the case. */
export const AbandonReason = z.enum([
  "automatic-mail",
  "sender-not-verified",
  "budget-spent",
  "no-address",
  "mail-off",
  "superseded",
  "refused",
  "attempts-exhausted",
]);
export type AbandonReason = z.infer<typeof AbandonReason>;

/** After so many attempts an effect is abandoned: about a day with the back-off of the store. */
export const ATTEMPTS_MAX = 20;

/** One thing owed, with its progress: pending → claimed → done | abandoned(reason). Never part of the case's version. */
export const Effect = z.object({
  id: z.string().check(z.maxLength(100)),
  caseId: CaseId,
  /** The case's version that owes it, and its place among what that append owes. */
  version: z.int(),
  index: z.int(),
  owed: Owed,
  status: z.enum(["pending", "claimed", "done", "abandoned"]),
  owedAt: Instant,
  attempts: z.int(),
  /**
   * While claimed: whether its doing has begun. A claim that runs out before is as good as none; of one that runs out after,
   * or that older code made, nobody knows how far it came.
   */
  begun: z.optional(z.boolean()),
  /** How many claims ran out of which nobody knows how far they came. */
  lapses: z.optional(z.int()),
  /** How many times it was put on its queue again, by whoever looks for what is owed too long. */
  repeats: z.optional(z.int()),
  /** When it may be tried again; while claimed: when the claim runs out. Absent once done or abandoned. */
  nextAttemptAt: z.optional(Instant),
  endedAt: z.optional(Instant),
  reason: z.optional(AbandonReason),
  /** What the doing gave: SES's message id, a timer's name. */
  outcome: z.optional(z.string().check(z.maxLength(200))),
  /** Which agent did the task that it was since it was abandoned, and when. */
  taskDone: z.optional(z.object({ at: Instant, by: Actor.shape.id })),
});
export type Effect = z.infer<typeof Effect>;

/** Whether an effect still waits to be done. */
export function isOwed({ status }: Effect): boolean {
  return status === "pending" || status === "claimed";
}
