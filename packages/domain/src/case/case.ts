import * as z from "zod/mini";
import { PrincipalId } from "../access/principal.ts";
import { AccountId } from "../account/account.ts";
import { MessageId } from "../message/message.ts";
import { PersonId } from "../person/person.ts";
import { Metric, ReviewFlag } from "../policy/policy.ts";
import { Cycle } from "../sla/clock.ts";
import { Code } from "../text/code.ts";
import {
  COLLABORATORS_MAX,
  FIELD_TEXT_MAX_LENGTH,
  LINKS_MAX,
  PARTICIPANTS_MAX,
  TAGS_MAX,
  Tag,
} from "../text/limits.ts";
import { Instant } from "../time/instant.ts";
import { CaseId, CaseNumber } from "./case-number.ts";

/** Raised whenever the stored shape of a case changes; older code refuses to write over newer. */
export const CASE_SCHEMA = 3;

export const Status = z.enum([
  "new",
  "open",
  "waiting-on-customer",
  "waiting-on-fix",
  "waiting-until",
  "resolved",
  "closed",
]);
export type Status = z.infer<typeof Status>;

/** The three categories that lists and clocks go by (sla.md, statuses). */
export type StatusCategory = "active" | "waiting" | "done";

export const CATEGORY_OF: Record<Status, StatusCategory> = {
  new: "active",
  open: "active",
  "waiting-on-customer": "waiting",
  "waiting-on-fix": "waiting",
  "waiting-until": "waiting",
  resolved: "done",
  closed: "done",
};

/** What a person looked at a case and said that it is (support-policy.md, Priorities). */
export const Mark = z.enum(["spam", "test", "false-alarm"]);
export type Mark = z.infer<typeof Mark>;

/** What a field of a desk holds; which kind, its policy says. */
export const FieldValue = z.union([z.string().check(z.maxLength(FIELD_TEXT_MAX_LENGTH)), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof FieldValue>;

export const Participant = z.object({
  personId: PersonId,
  part: z.enum(["requester", "on-behalf-of", "copied", "follower"]),
  /** Whether they see what customers see of the case, or only what is sent to them. */
  seesCase: z.boolean(),
});
export type Participant = z.infer<typeof Participant>;

/** A broken promise of a case, and whether somebody excused it. */
export const Breach = z.object({ metric: Metric, cycle: z.int().check(z.gte(1)), dueAt: Instant, waived: z.boolean() });
export type Breach = z.infer<typeof Breach>;

/** The most breaches that a case remembers, the newest; its facts hold all of them. */
export const BREACHES_KEPT = 200;

export const Link = z.object({
  kind: z.enum([
    "merged-into",
    "merged-from",
    "split-from",
    "split-into",
    "possibly-about",
    "follows",
    "defect",
    "parent",
    "related",
  ]),
  target: z.string().check(z.maxLength(64)),
});
export type Link = z.infer<typeof Link>;

/** The current state of a case: the fold of its facts, small and bounded. What people wrote is not in it. */
export const Case = z.object({
  schema: z.int(),
  id: CaseId,
  number: CaseNumber,
  /** How many times the case was changed; versions have no gaps. */
  version: z.int(),
  status: Status,
  /** Which of the desk's own statuses it is in, one that is like `status`. */
  ownStatus: z.optional(Code),
  channel: Code,
  openedAt: Instant,
  changedAt: Instant,
  openingMessageId: MessageId,
  lastMessageId: MessageId,
  messageCount: z.int(),
  requesterId: PersonId,
  senderVerified: z.boolean(),
  /** As its opening said. */
  mayPage: z.optional(z.boolean()),
  accountId: z.optional(AccountId),
  accountTeam: z.optional(Code),
  package: z.optional(Code),
  participants: z.array(Participant).check(z.maxLength(PARTICIPANTS_MAX)),
  team: z.optional(Code),
  assigneeId: z.optional(z.string()),
  /** Agents who work on it beside the assignee. */
  collaborators: z.optional(z.array(PrincipalId).check(z.maxLength(COLLABORATORS_MAX))),
  /** While it waits until an instant: which. */
  waitsUntil: z.optional(Instant),
  /** The case that goes on in its place, and the status that it had when it was merged. */
  mergedInto: z.optional(z.object({ caseId: CaseId, statusBefore: Status, ownStatusBefore: z.optional(Code) })),
  tier: z.int(),
  requestedPriority: Code,
  priority: z.optional(Code),
  flag: z.optional(ReviewFlag),
  triageOwed: z.boolean(),
  /** Cycles that run, and the last ended one of each metric. */
  clocks: z.array(Cycle),
  /** Its last broken promises, oldest first. */
  breaches: z.optional(z.array(Breach).check(z.maxLength(BREACHES_KEPT))),
  /** When nobody was open for it the last time: on-call was told. */
  gapFoundAt: z.optional(Instant),
  firstAnsweredAt: z.optional(Instant),
  resolvedAt: z.optional(Instant),
  links: z.array(Link).check(z.maxLength(LINKS_MAX)),
  tags: z.array(Tag).check(z.maxLength(TAGS_MAX)),
  product: z.optional(Code),
  productVersion: z.optional(z.string().check(z.maxLength(50))),
  category: z.optional(Code),
  marks: z.array(Mark),
  /** Typed fields that a desk defines in its policy. */
  fields: z.record(Code, FieldValue),
});
export type Case = z.infer<typeof Case>;
