import type { Fact } from "./facts.ts";

/** Why a command is refused: business, not a fault. Each has one problem answer (contracts/api/problems). */
export type Refusal =
  | "not-open"
  | "already-open"
  | "already-assigned"
  | "same-priority"
  | "changed-too-often"
  | "unknown-priority"
  | "top-tier"
  | "not-escalated"
  | "moved-on"
  | "not-due"
  | "already-triaged"
  | "reason-needed"
  | "no-clock"
  | "not-assigned"
  | "unknown-agent"
  | "unknown-team"
  | "unknown-person"
  | "unknown-field"
  | "wrong-field"
  | "same-status"
  | "unknown-status"
  | "not-ahead"
  | "is-requester"
  | "too-many-participants"
  | "too-many-links"
  | "same-case"
  | "other-account"
  | "merged-away"
  | "not-merged"
  | "split-since"
  | "too-many-messages"
  | "not-splittable"
  | "already-linked"
  | "not-linked"
  | "not-breached"
  | "already-waived";

/** What a decision says: facts to append (none: nothing to do), or a refusal. */
export type Decision = readonly Fact[] | Refused;

export interface Refused {
  readonly refused: Refusal;
  /** What of the command is wrong, when it is a part of it alone. */
  readonly errors?: readonly RefusedField[];
}

/** A field of a command that is refused, by its path in the command (`fields.seats`), and what it has to be. */
export interface RefusedField {
  readonly path: string;
  readonly message: string;
}

export function refuse(refusal: Refusal, errors?: readonly RefusedField[]): Refused {
  return { refused: refusal, ...(errors !== undefined && { errors }) };
}

/** Whether what was asked for is refused, a decision or a part of one. */
export function isRefused(decision: object): decision is Refused {
  return "refused" in decision;
}
