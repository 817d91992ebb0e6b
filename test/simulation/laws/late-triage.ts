import { type Case, type Fact, type FactOf, isRefused, type Rulebook, triage, waitingSince } from "@ithaca/domain";
import type { DirectorySeen } from "./directory-seen.ts";
import { type AppendSeen, toldBefore } from "./history.ts";

/** Who triages a case that was opened without rules. */
export const LATE_TRIAGE = "triage-case";

/** What a law knows beside the case: who is who, and the subject of a message. */
export interface KnownBeside {
  readonly directory: DirectorySeen;
  subjectOf(messageId: string): string | undefined;
}

/**
 * What late triage may decide: as if the rules had been there when the message came, with what has happened since; a
 * channel's word for its sender counts only where nobody could judge it then, and only by what the directory says.
 */
export function triagedLate(
  append: AppendSeen,
  before: Case,
  rulebook: Rulebook,
  known: KnownBeside,
): readonly (readonly Fact[])[] {
  const earlier = toldBefore(append);
  const [first] = append.facts;
  const opened = earlier.find((fact) => fact.type === "CaseOpened");
  if (first === undefined || opened?.type !== "CaseOpened") return [];
  const opening = {
    subject: known.subjectOf(opened.messageId),
    receivedAt: opened.receivedAt,
    waitingSince: waitingSince(earlier),
  };
  return sendersOf(earlier, before, known).map((unjudged) => {
    const decision = triage(before, { ...opening, unjudged }, rulebook, first.at, first.by);
    return isRefused(decision) ? [] : decision;
  });
}

/** The senders that may be judged now: none where it was judged, or where nobody but the sender gave their word. */
function sendersOf(earlier: readonly Fact[], { requesterId }: Case, { directory }: KnownBeside) {
  const deferred = earlier.find((fact): fact is FactOf<"TriageDeferred"> => fact.type === "TriageDeferred");
  if (deferred?.cause !== "no-policy" || deferred.by.kind !== "channel") return [undefined];
  const { claimedAccountId } = deferred;
  const accounts = claimedAccountId === undefined ? [undefined] : directory.accounts(claimedAccountId);
  return directory.known(requesterId).flatMap((known) => accounts.map((account) => ({ known, account })));
}
