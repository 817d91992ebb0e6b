import type { Refusal } from "@ithaca/domain";
import * as z from "zod/mini";

/** Every kind of no that is not a refusal (design.md, Kinds of no). */
export type KindOfNo =
  | "invalid-json"
  | "invalid-request"
  | "not-signed-in"
  | "not-there"
  | "stale"
  | "version-needed"
  | "key-reused"
  | "too-large"
  | "too-many"
  | "address-taken"
  | "subject-taken"
  | "other-kind"
  | "no-cases"
  | "too-soon"
  | "rules-outdated"
  | "rules-changed"
  | "fault";

/** What a problem is known by: stable, for programs to switch on. */
export type ProblemCode = KindOfNo | Refusal;

/** What every problem of a code says. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** The one table from each no to its answer. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  "invalid-json": { status: 400, title: "Not JSON", detail: "The body is not a JSON object in UTF-8." },
  "invalid-request": {
    status: 400,
    title: "Invalid request",
    detail: "Some fields are missing, wrong or not known; `errors` names them.",
  },
  "not-signed-in": {
    status: 401,
    title: "Not signed in",
    detail: "The token is missing, expired, of the wrong kind, or belongs to nobody here.",
  },
  "not-there": { status: 404, title: "Not found", detail: "There is no such thing, or it is not yours to see." },
  stale: {
    status: 412,
    title: "Changed meanwhile",
    detail:
      "The case has changed since the version in If-Match; `currentVersion` is its version now, `changed` what happened since.",
  },
  "version-needed": {
    status: 428,
    title: "Version needed",
    detail: 'A change of a case needs the header If-Match with the version that you read, such as "3".',
  },
  "key-reused": {
    status: 422,
    title: "Idempotency key used before",
    detail: "This Idempotency-Key was used for another request; use a new one.",
  },
  "too-large": { status: 413, title: "Too large", detail: "The body is larger than 1 MB." },
  "too-many": { status: 429, title: "Too many requests", detail: "Wait a little, then try again." },
  "address-taken": { status: 409, title: "Address taken", detail: "An address belongs to somebody else already." },
  "subject-taken": {
    status: 409,
    title: "Sign-in taken",
    detail: "This sign-in belongs to another agent, customer or machine already.",
  },
  "other-kind": {
    status: 409,
    title: "Another kind",
    detail: "This id belongs to a principal of another kind: an agent stays one, and so do customers and machines.",
  },
  "no-cases": {
    status: 422,
    title: "No cases",
    detail: "No case was opened in that time, so there is nothing to preview. Look further back.",
  },
  "too-soon": {
    status: 422,
    title: "Too soon",
    detail: "A version of the rules is in force from an instant by which every function knows it.",
  },
  "rules-outdated": {
    status: 409,
    title: "Not based on what will be in force",
    detail:
      "The rules were changed since the version that this is based on, and it would undo that. Read the version that `currentVersion` names, make the edit anew, and say by `basedOn` that it is based on it.",
  },
  "rules-changed": {
    status: 409,
    title: "Rules changed meanwhile",
    detail: "Somebody else changed the rules at the same moment. Read them, then try again.",
  },
  fault: {
    status: 500,
    title: "Fault",
    detail: "Something failed on our side. Nothing is lost: try again with the same Idempotency-Key.",
  },

  "not-open": {
    status: 409,
    title: "Case is not open",
    detail: "The case is resolved or closed, so this cannot be done to it.",
  },
  "already-open": { status: 409, title: "Case is open", detail: "The case is open already." },
  "already-assigned": { status: 409, title: "Already assigned", detail: "The case is already yours." },
  "same-priority": { status: 409, title: "Same priority", detail: "The case has this priority already." },
  "changed-too-often": {
    status: 409,
    title: "Changed too often",
    detail:
      "The case's clocks were given other targets, hours or pauses more often than a case has room for, or a mark would take its promises out of more lines of the reports than one change can.",
  },
  "unknown-priority": {
    status: 422,
    title: "Unknown priority",
    detail: "The policy in force has no priority of this code.",
  },
  "not-escalated": {
    status: 409,
    title: "Not escalated",
    detail: "No rule of the policy takes the case to another tier.",
  },
  "top-tier": { status: 409, title: "Top tier", detail: "The case is at the highest tier already." },
  "moved-on": {
    status: 409,
    title: "Moved on",
    detail: "The case is no longer, or not yet, where this can be done to it.",
  },
  "not-due": { status: 409, title: "Not due", detail: "It is too early for this." },
  "already-triaged": { status: 409, title: "Already triaged", detail: "The case has a priority and a team already." },
  "reason-needed": { status: 422, title: "Reason needed", detail: "This change needs a reason." },
  "not-assigned": { status: 409, title: "Not assigned", detail: "The case is nobody's already." },
  "unknown-agent": { status: 422, title: "Unknown agent", detail: "The desk has no agent of this id." },
  "unknown-team": { status: 422, title: "Unknown team", detail: "The policy in force has no team of this code." },
  "unknown-person": {
    status: 422,
    title: "Unknown person",
    detail: "The desk knows nobody of this id or address, or they do not take part in the case.",
  },
  "unknown-status": {
    status: 422,
    title: "Unknown status",
    detail: "No status of this code can be given in this way: the policy in force lists the desk's own.",
  },
  "unknown-field": {
    status: 422,
    title: "Unknown field",
    detail: "The policy in force defines no field of this code; `errors` names each.",
  },
  "wrong-field": {
    status: 422,
    title: "Wrong field",
    detail: "A field holds what the policy in force does not allow in it; `errors` names each.",
  },
  "same-status": { status: 409, title: "Same status", detail: "The case has this status already." },
  "not-ahead": { status: 422, title: "Not ahead", detail: "A case waits until an instant that is yet to come." },
  "is-requester": {
    status: 409,
    title: "Is the requester",
    detail: "Whoever asked stays the requester of the case.",
  },
  "too-many-participants": {
    status: 409,
    title: "Too many participants",
    detail: "The case would have more than 50 participants.",
  },
  "too-many-links": { status: 409, title: "Too many links", detail: "The case would have more than 200 links." },
  "same-case": { status: 409, title: "Same case", detail: "This takes two different cases." },
  "other-account": {
    status: 409,
    title: "Another account's",
    detail: "Only cases of one account or of one requester are merged.",
  },
  "merged-away": {
    status: 409,
    title: "Merged",
    detail: "The case was merged into another one: read it, and change that one.",
  },
  "not-merged": { status: 409, title: "Not merged", detail: "That case is not merged into this one." },
  "too-many-messages": {
    status: 409,
    title: "Too many messages",
    detail: "A case of more than 1,000 messages is not merged.",
  },
  "split-since": {
    status: 409,
    title: "Split off since",
    detail: "A message that came with the merge is a case of its own by now: merge that case back first.",
  },
  "not-splittable": {
    status: 409,
    title: "Cannot be split off",
    detail: "Only a customer's later message that is on this case makes a case of its own.",
  },
  "already-linked": { status: 409, title: "Already linked", detail: "The case has this link already." },
  "not-linked": { status: 409, title: "Not linked", detail: "The case has no such link." },
  "no-clock": {
    status: 409,
    title: "No clock",
    detail: "The policy promises nothing for this metric on this case, so there is no clock to explain.",
  },
  "not-breached": {
    status: 409,
    title: "Not breached",
    detail: "No broken promise of this metric is on the case, so there is nothing to excuse.",
  },
  "already-waived": { status: 409, title: "Already waived", detail: "This breach was excused before." },
};

const PROBLEM_TYPE_PREFIX = "urn:ithaca:problem:";

/** The media type of a problem (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** The most fields that one problem names. */
export const FIELD_ERRORS_MAX = 50;

/** The most changes that a stale answer names. */
export const CHANGES_NAMED_MAX = 100;

/** One field that is wrong, by its path: `from.address`, `attachments.2.name`; empty for the whole. */
export const FieldError = z.object({
  path: z.string().check(z.maxLength(500)),
  message: z.string().check(z.maxLength(500)),
});
export type FieldError = z.infer<typeof FieldError>;

/** How a no is answered (RFC 9457). */
export const Problem = z.object({
  type: z.string().check(z.regex(/^urn:ithaca:problem:[a-z-]+$/)),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.string(),
  /** The fields that are wrong, of an invalid request or of one that is refused for them. */
  errors: z.optional(z.array(FieldError).check(z.maxLength(FIELD_ERRORS_MAX))),
  /** Of a stale change: the version to read and what happened since. */
  currentVersion: z.optional(z.int()),
  changed: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(CHANGES_NAMED_MAX))),
  /** What to name the request by when asking ops about it. */
  requestId: z.optional(z.string().check(z.maxLength(100))),
});
export type Problem = z.infer<typeof Problem>;

/** What may be said beside a problem's table entry. */
export type ProblemExtension = Partial<Pick<Problem, "detail" | "errors" | "currentVersion" | "changed" | "requestId">>;

/** The answer to a no. `extension.detail` takes the place of the table's where there is something better to say. */
export function problem(code: ProblemCode, extension: ProblemExtension = {}): Problem {
  const { status, title, detail } = PROBLEMS[code];
  return { type: `${PROBLEM_TYPE_PREFIX}${code}`, title, status, detail, ...extension };
}

/** The code of a problem that was received; any string, for a newer API may know more. */
export function codeOf({ type }: Pick<Problem, "type">): string {
  return type.startsWith(PROBLEM_TYPE_PREFIX) ? type.slice(PROBLEM_TYPE_PREFIX.length) : type;
}
