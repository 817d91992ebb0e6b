import {
  Address,
  Case,
  CaseNumber,
  COLLABORATORS_MAX,
  Code,
  Count,
  Effect,
  FIELDS_MAX,
  FieldValue,
  Instant,
  Mark,
  MessageId,
  Metric,
  Name,
  PersonId,
  PrincipalId,
  Priority,
  Reason,
  Subject,
  TAGS_MAX,
  Tag,
  Text,
} from "@ithaca/domain";
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
/** The most names that one answer tells of a case: of those who have to do with it now, then of its latest facts. */
export const SHOWN_NAMES_MAX = 200;

/** Which case a route is about. */
export const CaseParams = z.object({ number: CaseNumber });

/** How somebody is called whom an answer mentions by id: an agent, a machine of a channel, or a customer's human. */
export const NamedId = z.object({ id: z.string().check(z.maxLength(64)), name: Name });
export type NamedId = z.infer<typeof NamedId>;

/** What every answer about a case says of it. */
export const CaseSummary = z.extend(
  z.pick(Case, {
    number: true,
    version: true,
    status: true,
    ownStatus: true,
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
    /** Whoever `assigneeId` says, by the name that they have today; absent for one whom the desk knows no more. For agents. */
    assignee: z.optional(NamedId),
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

/** How many days of change the view `resolved-lately` shows. */
export const LATELY_DAYS = 14;

/**
 * The lists of a desk: `open` (active: new, open), `at-risk` (those of them that are unanswered and past their first
 * warning), `unassigned` (those that are nobody's), `waiting`, `resolved-lately` (done, and changed within LATELY_DAYS; the
 * latest first), and `mine` (the caller's, active and waiting).
 */
export const CaseViewName = z.enum(["open", "mine", "unassigned", "at-risk", "waiting", "resolved-lately"]);
export type CaseViewName = z.infer<typeof CaseViewName>;

/** How many items of a list an answer holds at most. */
export const Limit = z._default(
  z.codec(
    z.string().check(z.regex(/^[0-9]{1,4}$/, `a whole number from 1 to ${CASE_LIST_MAX}`)),
    z.int().check(z.gte(1), z.lte(CASE_LIST_MAX)),
    { decode: Number, encode: String },
  ),
  CASE_LIST_DEFAULT,
);
/** Where a page goes on: as the answer before gave it. */
export const Cursor = z.string().check(z.maxLength(CURSOR_MAX_LENGTH));

/** Which cases: a view, of one team or of the whole desk, by due and then by last change. */
export const CaseListQuery = z.strictObject({
  /** All teams, and the cases that have none yet, when it is left out. */
  team: z.optional(Code),
  view: z.optional(CaseViewName),
  /** As the views open and waiting, and all that were ever done; goes without a view. */
  category: z.optional(z.enum(["active", "waiting", "done"])),
  limit: Limit,
  cursor: z.optional(Cursor),
});

const TeamCounts = z.object({ active: Count, atRisk: Count, unassigned: Count, waiting: Count, done: Count });

/** How many cases are in each list: kept with every change, not counted when asked. */
export const CaseCounts = z.object({
  teams: z.array(z.extend(TeamCounts, { team: Code })).check(z.maxLength(50)),
  /** Those whose triage is owed, so that no team has them yet. */
  untriaged: TeamCounts,
  /** The caller's own. */
  mine: z.object({ active: Count, waiting: Count }),
});

/** From which change on; from now on when it is left out. */
export const ChangesQuery = z.strictObject({ after: z.optional(Cursor), limit: Limit });

/** Cases that changed, each as it is now, by their latest change, oldest first. */
export const CaseChanges = z.object({
  items: z.array(ListedCase).check(z.maxLength(CASE_LIST_MAX)),
  /** Where the next question begins. */
  cursor: Cursor,
  /** There is more already: ask again at once. */
  more: z.boolean(),
});

/** How a cycle stands: it runs, it is stopped for a while, it runs and is breached, or it ended. */
export const ClockState = z.enum(["running", "paused", "breached", "met", "missed", "cancelled"]);
export type ClockState = z.infer<typeof ClockState>;

/** A cycle of a metric on a case. */
export const ClockView = z.object({
  metric: Metric,
  cycle: z.int().check(z.gte(1)),
  state: ClockState,
  startedAt: Instant,
  /** The due in force, as the policy and the calendars give it now; of a paused clock, as if it went on now. */
  dueAt: Instant,
  /** Milliseconds of the clock's open time left until the due, negative after it; while it runs or is paused. */
  msLeft: z.optional(z.int()),
  /** The highest threshold warned about, in percent; 0 for none. */
  warnedPercent: z.number(),
  breachedAt: z.optional(Instant),
  /** Somebody excused the breach; present when there is one. */
  waived: z.optional(z.boolean()),
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

/** The whole of a case. A customer's has no names, facts, effects, notes or mail evidence. */
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
    collaborators: true,
    waitsUntil: true,
  }).shape,
  subject: z.optional(Subject),
  requester: z.object({ id: PersonId, name: z.optional(Name) }),
  /** Names as they are today; whoever is not among them is known no more, or never had a name. */
  names: z.optional(z.array(NamedId).check(z.maxLength(SHOWN_NAMES_MAX))),
  clocks: z.array(ClockView),
  messages: z.array(MessageView).check(z.maxLength(SHOWN_MESSAGES_MAX)),
  facts: z.optional(z.array(RecordedFact).check(z.maxLength(SHOWN_FACTS_MAX))),
  effects: z.optional(z.array(EffectView).check(z.maxLength(SHOWN_EFFECTS_MAX))),
});
export type CaseWhole = z.infer<typeof CaseWhole>;

/** A case after a change, with the id of what was written, if anything was. */
export const ChangedCase = z.object({ case: CaseSummary, messageId: z.optional(MessageView.shape.id) });

/** A case after something was split off it, with the number of the case that this opened. */
export const SplitCase = z.object({ case: CaseSummary, opened: CaseNumber });
export type ChangedCase = z.infer<typeof ChangedCase>;

/** Words to the customer, or to other agents. */
export const WordsBody = z.strictObject({ text: Text });

/** Words to other agents; with `connectedCall` on what was said to the customer in a call just now, which is a response. */
export const NoteBody = z.strictObject({ text: Text, connectedCall: z._default(z.boolean(), false) });

/** Who gets the case: whoever asks (`me`), an agent by id, or `nobody`. */
export const AssigneeBody = z.strictObject({
  assignee: z
    .string()
    .check(z.regex(/^(me|nobody|prin_[A-Za-z0-9-]{1,58})$/, "me, nobody, or an agent's id, which begins with prin_")),
});

/** Which team gets the case, and why. */
export const TeamBody = z.strictObject({ team: Code, reason: z.optional(Reason) });

/**
 * A status that waits, with `until` for waiting-until; `open`, which reopens a case that is resolved; or one of the desk's
 * own, by the code that its policy gives it.
 */
export const StatusBody = z.strictObject({
  status: Code,
  until: z.optional(Instant),
});

/** All tags, fields, marks or collaborators as they are to be: what is left out is taken away. */
export const TagsBody = z.strictObject({ tags: z.array(Tag).check(z.maxLength(TAGS_MAX)) });
export const FieldsBody = z.strictObject({
  fields: z.record(Code, FieldValue).check(z.refine((all) => Object.keys(all).length <= FIELDS_MAX, "too many fields")),
});
export const MarksBody = z.strictObject({ marks: z.array(Mark).check(z.maxLength(3)) });
export const CollaboratorsBody = z.strictObject({
  collaborators: z.array(PrincipalId).check(z.maxLength(COLLABORATORS_MAX)),
});

/** Who takes part, by id or by address, and whether they see the case itself or only what is sent to them. */
export const ParticipantBody = z.strictObject({
  personId: z.optional(PersonId),
  address: z.optional(Address),
  part: z._default(z.enum(["on-behalf-of", "copied", "follower"]), "copied"),
  seesCase: z._default(z.boolean(), false),
});

/** Whether the customer is told: by one mail, with the number that is new to them. Nobody is, unless it says so. */
const Notify = z._default(z.boolean(), false);

/** Whether the requester of the case that is merged is told where it goes on. */
export const MergeBody = z.strictObject({ notify: Notify });

/** The message that is another question, and whether whoever wrote it is told of the new case. */
export const SplitBody = z.strictObject({ messageId: MessageId, notify: Notify });

export const PriorityBody = z.strictObject({ priority: Priority.shape.code, reason: z.optional(Reason) });

/**
 * Words to the customer, if any; without them the running clocks are cancelled. `status` is one of the desk's own that is
 * like resolved.
 */
export const ResolutionBody = z.strictObject({ text: z.optional(Text), status: z.optional(Code) });

/** Why a breach is excused; of which cycle, when it is not the last broken one of the metric. */
export const WaiverBody = z.strictObject({ reason: Reason, cycle: z.optional(z.int().check(z.gte(1))) });
