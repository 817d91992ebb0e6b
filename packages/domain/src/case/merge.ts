import type { Actor } from "../access/actor.ts";
import type { Metric } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { isWatched } from "../sla/due.ts";
import { followMessages } from "../sla/follow-messages.ts";
import { expectResponse } from "../sla/next-response.ts";
import { clocksOfRestored } from "../sla/reopen-clocks.ts";
import { cancelClocks } from "../sla/settle.ts";
import { LINKS_MAX, MERGED_MESSAGES_MAX, PARTICIPANTS_MAX, WAITING_MAX } from "../text/limits.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Refused, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact, FactOf } from "./facts.ts";
import type { WaitingMessage } from "./waiting-since.ts";

/** What is decided on two cases at once: both happen or neither. */
export interface Both {
  readonly first: readonly Fact[];
  readonly second: readonly Fact[];
}

/** What comes along with a case that is merged: its messages, and those of them that wait for an answer. */
export interface Moved {
  readonly messageIds: readonly string[];
  readonly waiting: readonly WaitingMessage[];
  /** Whoever asked is told where their case goes on. */
  readonly notify?: boolean | undefined;
  /** A machine wrote what opened the case. */
  readonly automatic?: boolean | undefined;
}

/**
 * Merges a case into another, which goes on: messages and people come along, the clocks of the survivor go on and the
 * other's are cancelled (sla.md, merged). Nobody is told but the other's requester, if `notify` says so. Cases of two
 * accounts stay apart, or each could read the other's (threats.md, 15).
 */
export function merge(
  survivor: Case,
  other: Case,
  { messageIds, waiting, notify, automatic }: Moved,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Both | Refused {
  if (survivor.id === other.id) return refuse("same-case");
  if (survivor.mergedInto !== undefined || other.mergedInto !== undefined) return refuse("merged-away");
  if (!belongTogether(survivor, other)) return refuse("other-account");
  if (survivor.status === "closed") return refuse("not-open");
  if (messageIds.length > MERGED_MESSAGES_MAX) return refuse("too-many-messages");
  if (survivor.links.length >= LINKS_MAX || other.links.length >= LINKS_MAX) return refuse("too-many-links");
  const known = survivor.participants.map(({ personId }) => personId);
  const participants = other.participants
    .filter(({ personId }) => !known.includes(personId))
    .map((one) => (one.part === "requester" ? { ...one, part: "copied" as const } : one));
  if (known.length + participants.length > PARTICIPANTS_MAX) return refuse("too-many-participants");

  const merged: Fact = {
    type: "CaseMerged",
    at: now,
    by,
    fromCaseId: other.id,
    messageIds: [...messageIds],
    participants,
    ...(isOwed(other) && waiting.length > 0 && { waiting: waiting.toSorted(byReceipt).slice(0, WAITING_MAX) }),
  };
  return {
    first: [merged, ...stillOwed(applyAppend(survivor, [merged], survivor.id), other, rulebook, now, by)],
    second: [
      ...cancelClocks(other, "merged-away", rulebook, now, by),
      {
        type: "CaseMergedAway",
        at: now,
        by,
        intoCaseId: survivor.id,
        statusBefore: other.status,
        ...(notify === true && { notify, ...(automatic === true && { automatic }) }),
      },
    ],
  };
}

/** A question that nobody answered comes along: the survivor waits for an answer since it was asked. */
function stillOwed(survivor: Case, other: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  const unanswered = owedCycle(other);
  return unanswered === undefined ? [] : expectResponse(survivor, unanswered.startedAt, rulebook, now, by);
}

function owedCycle({ clocks }: Case) {
  return clocks.find((cycle) => isWatched(cycle) && RESPONSES.includes(cycle.metric));
}

function isOwed(other: Case): boolean {
  return owedCycle(other) !== undefined;
}

function byReceipt(a: WaitingMessage, b: WaitingMessage): number {
  return a.receivedAt - b.receivedAt;
}

const RESPONSES: readonly Metric[] = ["first-response", "next-response"];

/** One requester's, or one account's. */
function belongTogether(a: Case, b: Case): boolean {
  return a.requesterId === b.requesterId || (a.accountId !== undefined && a.accountId === b.accountId);
}

/**
 * Takes a merge back: what came with it goes, and the other case is as it was, its clocks running on. `here` are the
 * messages of the survivor; its clock goes on from `waitingSince`, the oldest of those that remain and wait for an answer.
 */
export function unmerge(
  survivor: Case,
  other: Case,
  merged: Pick<FactOf<"CaseMerged">, "messageIds" | "participants"> | undefined,
  { here, waitingSince }: { here: readonly string[]; waitingSince: Instant | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Both | Refused {
  const { mergedInto } = other;
  // What came with it has gone on with the survivor: that merge is taken back first.
  if (survivor.mergedInto !== undefined) return refuse("merged-away");
  if (merged === undefined || mergedInto?.caseId !== survivor.id) return refuse("not-merged");
  const { messageIds } = merged;
  // The other case would have such a message back, and it would be on two.
  if (messageIds.some((id) => !here.includes(id))) return refuse("split-since");
  const participantIds = merged.participants.map(({ personId }) => personId);
  const status = mergedInto.statusBefore;
  const restored: Fact = { type: "CaseRestored", at: now, by, fromCaseId: survivor.id, status };
  const next = applyAppend(other, [restored], other.id);

  const unmerged: Fact = {
    type: "CaseUnmerged",
    at: now,
    by,
    fromCaseId: other.id,
    messageIds: [...messageIds],
    participantIds,
  };
  const remaining = applyAppend(survivor, [unmerged], survivor.id);
  return {
    first: [unmerged, ...followMessages(remaining, waitingSince, rulebook, now, by)],
    second: [restored, ...(CATEGORY_OF[status] === "done" ? [] : clocksOfRestored(next, rulebook, now, by))],
  };
}
