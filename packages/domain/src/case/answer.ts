import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { isRunning } from "../sla/due.ts";
import { nameOf, settleBreaches, stopByAnswer } from "../sla/settle.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";

/** An agent's words to the customer: they stop the response clocks (sla.md, what is a response). */
export function reply(current: Case, messageId: string, rulebook: Rulebook, now: Instant, by: Actor): Decision {
  if (current.status === "closed") return refuse("not-open");
  return [
    { type: "ReplyWritten", at: now, by, messageId, personId: current.requesterId },
    ...stopByAnswer(current, rulebook, now, by),
  ];
}

/** An agent's words to other agents: no clock takes notice. */
export function note(_current: Case, messageId: string, now: Instant, by: Actor): Decision {
  return [{ type: "NoteWritten", at: now, by, messageId }];
}

/** Resolved with words: they are a response. Without: what still runs is cancelled, neither met nor missed. */
export function resolve(
  current: Case,
  words: { messageId: string } | undefined,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  if (words !== undefined) {
    const answer = reply(current, words.messageId, rulebook, now, by);
    return "refused" in answer ? answer : [...answer, { type: "CaseResolved", at: now, by, withWords: true }];
  }

  return [
    ...settleBreaches(current, rulebook, now, by),
    ...current.clocks.filter(isRunning).map((cycle) => ({
      type: "ClockCancelled" as const,
      at: now,
      by,
      ...nameOf(cycle),
      reason: "resolved-silently" as const,
    })),
    { type: "CaseResolved", at: now, by, withWords: false },
  ];
}
