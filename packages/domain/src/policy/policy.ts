import * as z from "zod/mini";
import { Code } from "../text/code.ts";
import { Address, FIELDS_MAX, Name, Zone } from "../text/limits.ts";
import { Instant } from "../time/instant.ts";

export const RULES_MAX = 500;
export const WARNINGS_MAX = 5;
export const STATUSES_MAX = 50;

/** A list that a rule's condition names; the condition holds when the case's value is in it. */
const OneOf = z.array(Code).check(z.minLength(1), z.maxLength(100));

/** A team of the desk: when it is open, and where notices about its cases go. */
export const Team = z.object({
  code: Code,
  name: Name,
  zone: Zone,
  /** The calendar that its clocks run on. */
  hours: Code,
  /** The calendar of its live chat, where that differs. */
  chatHours: z.optional(Code),
  leadAddress: Address,
  onCallAddress: Address,
});
export type Team = z.infer<typeof Team>;

/** A way in. `selfService`: a customer writes on it with their own sign-in; otherwise only its machine does. */
export const Channel = z.object({
  code: Code,
  name: Name,
  selfService: z.boolean(),
  /** The sender is who the channel says: it signed them in, or knows them. Mail and voice can be forged. */
  vouchesForSender: z.boolean(),
  /** Whoever uses it wakes on-call by an urgent case, known or not; on others only a sender who is verified. */
  pagesForAnybody: z.optional(z.boolean()),
});
export type Channel = z.infer<typeof Channel>;

/** How urgent a case is. A smaller rank is more urgent. */
export const Priority = z.object({
  code: Code,
  name: Name,
  rank: z.int().check(z.gte(1), z.lte(100)),
  /** Somebody must be told at once: the case goes to a team that is open, and on-call is paged when none is. */
  pages: z.boolean(),
});
export type Priority = z.infer<typeof Priority>;

/** Words of a subject that a classification rule looks for, once Re: and Fwd: are taken off. */
export const SubjectWord = z.enum(["critical", "not-critical"]);
export type SubjectWord = z.infer<typeof SubjectWord>;

/** Why a person should look at how a case was classified. */
export const ReviewFlag = z.enum(["may-be-critical", "says-not-critical"]);
export type ReviewFlag = z.infer<typeof ReviewFlag>;

/** Which priority a message opens at. All conditions given must hold; the first rule that matches decides. */
export const ClassificationRule = z.object({
  id: Code,
  when: z.object({
    channel: z.optional(OneOf),
    requestedPriority: z.optional(OneOf),
    subjectWord: z.optional(SubjectWord),
  }),
  priority: z.union([Code, z.literal("as-requested")]),
  flag: z.optional(ReviewFlag),
});
export type ClassificationRule = z.infer<typeof ClassificationRule>;

/** Which team gets a case. `open-team`: the one that is open, the account's own when both are or none is. */
export const RoutingRule = z.object({
  id: Code,
  when: z.object({ priority: z.optional(OneOf), accountTeam: z.optional(OneOf), channel: z.optional(OneOf) }),
  team: z.union([Code, z.literal("account-team"), z.literal("open-team")]),
});
export type RoutingRule = z.infer<typeof RoutingRule>;

/** A length of open time, or so many whole openings of the owning team (sla.md, Business time). */
export const TargetLength = z.union([
  z.object({ minutes: z.number().check(z.gt(0), z.lte(60 * 24 * 366)) }),
  z.object({ businessDays: z.number().check(z.gt(0), z.lte(366)) }),
]);
export type TargetLength = z.infer<typeof TargetLength>;

/** When to warn: so much of the target's open time elapsed, or so much of it left; what is not in the target is no warning. */
export const Warning = z.union([
  z.strictObject({ percent: z.number().check(z.gt(0), z.lt(100)) }),
  z.strictObject({ minutesLeft: z.number().check(z.gt(0), z.lte(60 * 24 * 366)) }),
]);
export type Warning = z.infer<typeof Warning>;

/** What is measured. */
export const Metric = z.enum(["first-response", "next-response", "update", "resolution"]);
export type Metric = z.infer<typeof Metric>;

/** A promise: how long a metric may take, measured on which clock, warned about when. First match wins. */
export const TargetRule = z.object({
  id: Code,
  when: z.object({
    metric: z.array(Metric).check(z.minLength(1), z.maxLength(10)),
    priority: z.optional(OneOf),
    package: z.optional(OneOf),
    accountId: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(1_000))),
    product: z.optional(OneOf),
    channel: z.optional(OneOf),
  }),
  length: TargetLength,
  clock: z.enum(["team-hours", "round-the-clock"]),
  warnings: z.array(Warning).check(z.maxLength(WARNINGS_MAX)),
});
export type TargetRule = z.infer<typeof TargetRule>;

/** The tiers of escalation that a policy can have; a case begins at tier 1. */
export const TIER_MAX = 10;

/** Whom an escalation tells: those of the team that has the case, and the agent who has it. */
export const Told = z.enum(["team-lead", "on-call", "assignee"]);
export type Told = z.infer<typeof Told>;

/** Where a broken promise takes a case, and whom that tells. First match wins; what none matches stays where it is. */
export const EscalationRule = z.object({
  id: Code,
  when: z.object({
    metric: z.optional(z.array(Metric).check(z.minLength(1), z.maxLength(10))),
    priority: z.optional(OneOf),
    team: z.optional(OneOf),
    package: z.optional(OneOf),
    channel: z.optional(OneOf),
    tier: z.optional(z.array(z.int().check(z.gte(1), z.lte(TIER_MAX))).check(z.minLength(1), z.maxLength(TIER_MAX))),
  }),
  toTier: z.union([z.literal("next"), z.int().check(z.gte(2), z.lte(TIER_MAX))]),
  tells: z.array(Told).check(z.minLength(1), z.maxLength(3)),
});
export type EscalationRule = z.infer<typeof EscalationRule>;

/** What a desk wants to know of its cases beside what every desk does. */
export const Field = z
  .object({
    code: Code,
    name: Name,
    kind: z.enum(["text", "number", "yes-no", "choice"]),
    /** What can be chosen, of a choice. */
    choices: z.optional(z.array(Name).check(z.minLength(1), z.maxLength(100))),
  })
  .check(
    z.refine(({ kind, choices }) => (kind === "choice") === (choices !== undefined), {
      path: ["choices"],
      error: "goes with a choice, and only with one",
    }),
  );
export type Field = z.infer<typeof Field>;

/** The statuses that a status of a desk's own can be like: its category, its pauses and how it is given are theirs. */
export const StatusKind = z.enum(["open", "waiting-on-customer", "waiting-on-fix", "waiting-until", "resolved"]);
export type StatusKind = z.infer<typeof StatusKind>;

/** A status that a desk has beside those of every desk (sla.md, statuses). */
export const OwnStatus = z.object({ code: Code, name: Name, like: StatusKind });
export type OwnStatus = z.infer<typeof OwnStatus>;

/** The rules of a desk, as data: one immutable version of them (support-policy.md is the one that ships). */
export const Policy = z.object({
  version: z.int().check(z.gte(1)),
  name: Name,
  teams: z.array(Team).check(z.minLength(1), z.maxLength(50)),
  channels: z.array(Channel).check(z.minLength(1), z.maxLength(50)),
  priorities: z.array(Priority).check(z.minLength(1), z.maxLength(20)),
  fields: z.optional(z.array(Field).check(z.maxLength(FIELDS_MAX))),
  statuses: z.optional(z.array(OwnStatus).check(z.maxLength(STATUSES_MAX))),
  packages: z.array(z.object({ code: Code, name: Name, phoneLine: z.boolean() })).check(z.maxLength(50)),
  classification: z.array(ClassificationRule).check(z.minLength(1), z.maxLength(RULES_MAX)),
  routing: z.array(RoutingRule).check(z.minLength(1), z.maxLength(RULES_MAX)),
  targets: z.array(TargetRule).check(z.minLength(1), z.maxLength(RULES_MAX)),
  /** Absent in versions made before there were such rules: one tier up, the lead and the assignee are told. */
  escalation: z.optional(z.array(EscalationRule).check(z.maxLength(RULES_MAX))),
  /** The team of a sender whom no account vouches for. */
  defaultTeam: Code,
  /** What a customer who names no priority asks for. */
  defaultPriority: Code,
  /** The highest tier of escalation; a case begins at tier 1. */
  topTier: z.int().check(z.gte(1), z.lte(TIER_MAX)),
  /** A reply that comes at most so many days after resolving reopens the case. */
  reopenWithinDays: z.int().check(z.gte(0), z.lte(3650)),
});
export type Policy = z.infer<typeof Policy>;

/** From when a version of the policy or of a calendar is in force. */
export const InForce = z.object({ version: z.int().check(z.gte(1)), from: Instant });
export type InForce = z.infer<typeof InForce>;
