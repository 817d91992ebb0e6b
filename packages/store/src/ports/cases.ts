import type {
  Account,
  Both,
  Case,
  Decision,
  Effect,
  Fact,
  Instant,
  Message,
  Person,
  Projection,
  Refusal,
  Refused,
  RefusedField,
  Rulebook,
} from "@ithaca/domain";

import type { ListedState } from "../items/case-item.ts";

/** The facts of one append: an event is named by (caseId, version, place in facts). */
export interface RecordedFacts {
  caseId: string;
  version: number;
  at: Instant;
  facts: readonly Fact[];
}

/** What intake answers, kept so that the same message or key is answered alike for ever. */
export interface Receipt {
  caseId: string;
  number: string;
  messageId: string;
  /** Whether the message joined a case that was there already. */
  joined: boolean;
  priority?: string;
  team?: string;
  dueAt?: Instant;
  receivedAt: Instant;
}

export interface KeyClaim {
  kind: "idempotency-key";
  principalId: string;
  key: string;
  bodyHash: string;
  receipt: Receipt | ChangeReceipt;
  /** The key came with a message that was there already, and the receipt is of then. */
  repeat?: boolean;
}

/** Something that can be only once; the transaction fails as taken when it is there already. */
export type Claim =
  /** One answer per principal and Idempotency-Key; `bodyHash` tells a repeat from a misuse. */
  | KeyClaim
  /** One case per channel message, by (channel, the channel's id, content hash). */
  | { kind: "channel-message"; channel: string; channelMessageId: string; contentHash: string; receipt: Receipt }
  /** One principal per file: whoever named it first. Taken only when it is somebody else's. */
  | { kind: "file"; fileId: string; principalId: string }
  /** One person per address; each address of an append's `persons` is claimed by itself, so that none can be forgotten. */
  | { kind: "address"; address: string; personId: string; accountId?: string };

/** What a change answered, for its idempotency key. */
export interface ChangeReceipt {
  caseId: string;
  version: number;
  messageId?: string;
  /** The case that the change opened. */
  openedCaseId?: string;
}

/** A case as it is stored: its state, and what the lists and timers believe of it. */
export interface StoredCase {
  case: Case;
  projection: Projection;
  /** How often what became of its cycles was recounted since its last append; undefined: never. */
  recounted?: number | undefined;
}

/** One transaction: state, facts, what is owed, what was written, and what must be unique. Two cases at once: merge. */
export interface Append {
  caseId: string;
  /** The version that was read; 0 opens the case. */
  expectedVersion: number;
  next: Case;
  facts: readonly Fact[];
  projection: Projection;
  /** What was stored of it before, by which it was counted; only an opening has none. */
  before?: StoredCase;
  effects: readonly Effect[];
  messages?: readonly Message[];
  /** Persons who are new, with their addresses. */
  persons?: readonly Person[];
  claims?: readonly Claim[];
}

export type AppendResult =
  | { appended: true }
  /** Somebody changed the case meanwhile: read and decide again. A number that is taken shows as this on version 0. */
  | { appended: false; conflict: "version" }
  /** A mark would move more outcomes of the case than one transaction can. */
  | { appended: false; conflict: "too-much" }
  /** This claim is there already. */
  | { appended: false; conflict: "claimed"; claim: Claim };

/** What a message may touch, read consistently in one round trip. */
export interface IntakeLookUp {
  principalId: string;
  idempotencyKey?: string;
  channelMessage?: { channel: string; channelMessageId: string; contentHash: string };
  address?: string;
  personId?: string;
  accountId?: string;
  caseId?: string;
}

export interface IntakeFound {
  keyed?: Pick<KeyClaim, "bodyHash" | "receipt" | "repeat">;
  received?: Receipt;
  /** The person of the address, or of the personId. */
  person?: Person;
  account?: Account;
  case?: Case;
  /** What the timers believe of the case; its `wakeAt` is `owedBy`'s `wakeAtBefore`. */
  projection?: Projection;
  recounted?: StoredCase["recounted"];
  /** The desk's epoch, 1 until it is bumped. */
  epoch: number;
}

/** A list of cases: by due, those without one last, and then by last change, the latest first. */
export type CaseView =
  | {
      /** A team's code, or NO_TEAM for the cases whose triage is owed; or several of them as one list. */
      team: string | readonly string[];
      category: "active" | "waiting" | "done";
      /** Only those that are at risk (which are active), or that are nobody's (and not done). */
      only?: "at-risk" | "unassigned";
      /** Of those that are done: only those that changed at this instant or later. Of others it means nothing. */
      changedSince?: Instant;
    }
  /** What an agent has to do: the active cases and those that wait, as one list or by category. */
  | { assigneeId: string; category?: "active" | "waiting" };

/** How many cases of a team are in each list; `active` holds those at risk and those that are nobody's. */
export interface TeamCounts {
  active: number;
  atRisk: number;
  unassigned: number;
  waiting: number;
  /** All that were ever done. */
  done: number;
}

export interface AgentCounts {
  active: number;
  waiting: number;
}

export interface CaseCounts {
  teams: Record<string, TeamCounts>;
  mine: AgentCounts;
}

export interface Page<Item> {
  items: Item[];
  /** Opaque; absent on the last page. */
  cursor?: string;
}

/** Cases that changed; `cursor` is where the next question begins, also when nothing is left. */
export interface ChangesPage {
  items: ListedCase[];
  cursor: string;
  more: boolean;
}

export interface ListedCase {
  case: ListedState;
  dueAt?: Instant;
  /** Unanswered and past its first warning (support-policy.md, Cases). */
  atRisk: boolean;
  subject?: string;
}

export interface WakeUp {
  caseId: string;
  version: number;
  wakeAt: Instant;
}

/** Where cases live. Reads by key are consistent; lists and wake-ups come from indexes and may lag (design.md, Data). */
export interface CaseStore {
  read(caseId: string): Promise<Case | undefined>;
  /** State and projection as stored, for whoever must know what the timers believe. */
  readWithProjection(caseId: string): Promise<StoredCase | undefined>;
  lookUp(keys: IntakeLookUp): Promise<IntakeFound>;
  append(...appends: [Append] | [Append, Append]): Promise<AppendResult>;
  /** The facts after a version, oldest first; at most `limit` appends (1–500). */
  facts(caseId: string, afterVersion: number, limit: number): Promise<RecordedFacts[]>;
  /** `limit` is 1–100. Throws InvalidCursor for a cursor that no list gave. */
  list(view: CaseView, limit: number, cursor?: string): Promise<Page<ListedCase>>;
  /**
   * The cases that changed up to an instant, the latest change of each, oldest first. Give an instant a little in the
   * past: an index lags, and what it does not show yet would be passed by. Throws InvalidCursor.
   */
  changes(from: Instant | string, until: Instant, limit: number): Promise<ChangesPage>;
  /**
   * The ids of the cases that were opened in a month such as "2026-11" (UTC) and in [from, until), in that order, each
   * once. A page can hold fewer than `limit` (1–500) and still have a cursor. Throws InvalidCursor.
   */
  openedIn(
    month: string,
    range: { from: Instant; until: Instant },
    limit: number,
    cursor?: string,
  ): Promise<Page<string>>;
  /** The teams that have or had cases, those that a policy removed since among them. */
  countedTeams(): Promise<string[]>;
  /** How many cases are in the lists of some teams (NO_TEAM for those without one) and of one agent. */
  counts(teams: readonly string[], agentId: string): Promise<CaseCounts>;
  /** Cases whose wake-up lies in [from, until), soonest first. A page can hold fewer than `limit` and still have a cursor. */
  wakeUps(from: Instant, until: Instant, limit: number, cursor?: string): Promise<Page<WakeUp>>;
  /** Takes an idempotency key that goes with no append; false: it is there already. */
  takeKey(claim: KeyClaim): Promise<boolean>;
  /** Rewrites what lists and timers need, conditional on the version; false: the case moved on, nothing was written. */
  rewriteProjection(caseId: string, version: number, projection: Projection): Promise<boolean>;
}

/** The result of a change: the new state, a refusal, or that somebody else was faster than the caller allowed. */
export type Changed =
  | { outcome: "changed"; case: Case; facts: readonly Fact[]; replayed?: ChangeReceipt }
  | { outcome: "refused"; refusal: Refusal; errors?: readonly RefusedField[]; case: Case }
  | { outcome: "stale"; case: Case }
  | { outcome: "key-reused" }
  | { outcome: "not-there" };

/** The result of a change of two cases. */
export type ChangedBoth = Changed & { opened?: string };

export interface ChangeOptions {
  /** The version that the caller saw (If-Match); another one is answered as stale. */
  ifVersion?: number;
  /** Whether the caller may change this case; one that they may not change is answered as not there. */
  may?: (current: Case) => boolean;
  /** Content that the decision's facts refer to; written only if the decision is. */
  messages?: readonly Message[] | ((current: Case, now: Instant) => readonly Message[]);
  /** Answers a repeat of the same request with what it did the first time. */
  idempotency?: { principalId: string; key: string; bodyHash: string };
}

/**
 * A pure decision on a case. `now` is the clock's, but never before the case's last fact: use it for each fact's `at`.
 * It may be called several times, once for each conflict.
 */
export type Decide = (current: Case, rulebook: Rulebook, now: Instant) => Decision;

/** The other case of a change of two: one that is there, or one that the change opens under a new id each time it is tried. */
export type OtherCase = { readonly caseId: string } | { readonly opens: () => string };

/** A pure decision on two cases; the second is undefined when the change opens it. */
export type DecideBoth = (
  cases: { readonly first: Case; readonly second: Case | undefined; readonly secondId: string },
  rulebook: Rulebook,
  now: Instant,
) => Both | Refused;

export interface Cases extends CaseStore {
  /**
   * The same for two cases at once: both change or neither does. `options.may` must hold for both, `ifVersion` is of the
   * first. What is answered is the first case; `opened` is the id of a case that was opened.
   */
  changeBoth(caseId: string, other: OtherCase, decide: DecideBoth, options?: ChangeOptions): Promise<ChangedBoth>;

  /**
   * Decide, then append: reads, calls the pure decision, writes; on a conflict reads and decides again, up to ten times,
   * then throws. A decision without facts changes nothing and is answered as changed.
   */
  change(caseId: string, decide: Decide, options?: ChangeOptions): Promise<Changed>;
}
