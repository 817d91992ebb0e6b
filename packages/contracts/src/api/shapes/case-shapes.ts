import { Case, Code, Effect, Instant, Metric, Name, PersonId, Priority, Reason, Subject, Text } from "@ithaca/domain";
import * as z from "zod/mini";
import { MessageView } from "./message-shapes.ts";
import { RecordedFact } from "./recorded-fact.ts";

export const CASE_LIST_MAX = 100;
export const CASE_LIST_DEFAULT = 50;
export const CURSOR_MAX_LENGTH = 2_000;

/** The most of each that one answer shows of a case, newest kept. */
export const SHOWN_MESSAGES_MAX = 500;
export const SHOWN_FACTS_MAX = 2_500;
export const SHOWN_EFFECTS_MAX = 500;

/** What every answer about a case says of it. */
export const CaseSummary = z.extend(
  z.pick(Case, {
    number: true,
    version: true,
    status: true,
    priority: true,
    requestedPriority: true,
    team: true,
    assigneeId: true,
    tier: true,
    openedAt: true,
    changedAt: true,
  }),
  {
    /** The earliest due of its running clocks. */
    dueAt: z.optional(Instant),
  },
);
export type CaseSummary = z.infer<typeof CaseSummary>;

/** A case in a list. */
export const ListedCase = z.extend(CaseSummary, {
  subject: z.optional(Subject),
  /** Unanswered and past its first warning (support-policy.md, Cases). */
  atRisk: z.boolean(),
});
export type ListedCase = z.infer<typeof ListedCase>;

/** A page of a list. */
export const CaseList = z.object({
  items: z.array(ListedCase).check(z.maxLength(CASE_LIST_MAX)),
  /** Give it back to get the next page; absent on the last. */
  cursor: z.optional(z.string().check(z.maxLength(CURSOR_MAX_LENGTH))),
});
export type CaseList = z.infer<typeof CaseList>;

/** Which cases: those of a team in a category of statuses, by due and then by last change. */
export const CaseListQuery = z.strictObject({
  team: Code,
  category: z._default(z.enum(["active", "waiting", "done"]), "active"),
  limit: z._default(
    z.codec(
      z.string().check(z.regex(/^[0-9]{1,4}$/, `a whole number from 1 to ${CASE_LIST_MAX}`)),
      z.int().check(z.gte(1), z.lte(CASE_LIST_MAX)),
      { decode: Number, encode: String },
    ),
    CASE_LIST_DEFAULT,
  ),
  cursor: z.optional(z.string().check(z.maxLength(CURSOR_MAX_LENGTH))),
});

/** How a cycle stands: it runs, it runs and is breached, or it ended. */
export const ClockState = z.enum(["running", "breached", "met", "missed", "cancelled"]);
export type ClockState = z.infer<typeof ClockState>;

/** A cycle of a metric on a case. */
export const ClockView = z.object({
  metric: Metric,
  cycle: z.int().check(z.gte(1)),
  state: ClockState,
  startedAt: Instant,
  /** The due in force, as the policy and the calendars give it now. */
  dueAt: Instant,
  /** Milliseconds of the clock's open time left until the due, negative after it; only while it runs. */
  msLeft: z.optional(z.int()),
  /** The highest threshold warned about, in percent; 0 for none. */
  warnedPercent: z.number(),
  breachedAt: z.optional(Instant),
  endedAt: z.optional(Instant),
});
export type ClockView = z.infer<typeof ClockView>;

/** Something owed because of the case, and how far it is. For agents. */
export const EffectView = z.pick(Effect, {
  id: true,
  version: true,
  index: true,
  owed: true,
  status: true,
  owedAt: true,
  attempts: true,
  nextAttemptAt: true,
  endedAt: true,
  reason: true,
  outcome: true,
});
export type EffectView = z.infer<typeof EffectView>;

/** The whole of a case. A customer's has no facts, effects, notes or mail evidence. */
export const CaseWhole = z.extend(CaseSummary, {
  ...z.pick(Case, {
    id: true,
    channel: true,
    senderVerified: true,
    accountId: true,
    package: true,
    participants: true,
    flag: true,
    triageOwed: true,
    firstAnsweredAt: true,
    resolvedAt: true,
    links: true,
    tags: true,
    product: true,
    productVersion: true,
    category: true,
    marks: true,
    fields: true,
  }).shape,
  subject: z.optional(Subject),
  requester: z.object({ id: PersonId, name: z.optional(Name) }),
  clocks: z.array(ClockView),
  messages: z.array(MessageView).check(z.maxLength(SHOWN_MESSAGES_MAX)),
  facts: z.optional(z.array(RecordedFact).check(z.maxLength(SHOWN_FACTS_MAX))),
  effects: z.optional(z.array(EffectView).check(z.maxLength(SHOWN_EFFECTS_MAX))),
});
export type CaseWhole = z.infer<typeof CaseWhole>;

/** A case after a change, with the id of what was written, if anything was. */
export const ChangedCase = z.object({ case: CaseSummary, messageId: z.optional(MessageView.shape.id) });
export type ChangedCase = z.infer<typeof ChangedCase>;

/** Words to the customer, or to other agents. */
export const WordsBody = z.strictObject({ text: Text });

/** Who gets the case: so far only whoever asks. */
export const AssigneeBody = z.strictObject({ assignee: z.literal("me") });

export const PriorityBody = z.strictObject({ priority: Priority.shape.code, reason: z.optional(Reason) });

/** Words to the customer, if any; without them the running clocks are cancelled. */
export const ResolutionBody = z.strictObject({ text: z.optional(Text) });
