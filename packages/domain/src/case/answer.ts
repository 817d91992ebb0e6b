import type { Actor } from "../access/actor.ts";
import type { Metric } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { ANSWERED, endSilently, stopClocks, WORKED } from "../sla/settle.ts";
import { startNext } from "../sla/start-clock.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { statusNamed } from "./own-status.ts";

/**
 * An agent's words to the customer: they stop the response clocks (sla.md, what is a response), and while the case goes
 * on the customer hears something again every so often (update).
 */
export function reply(current: Case, messageId: string, rulebook: Rulebook, now: Instant, by: Actor): Decision {
  if (current.status === "closed") return refuse("not-open");
  return [...answered(current, messageId, rulebook, now, by, ANSWERED), ...heardOf(current, rulebook, now, by)];
}

/**
 * A call that connected, told when it is over, with an agent's words to other agents on what was said: it is a response
 * like a message (sla.md, what is a response). What a machine said is none, and nobody tells of it here.
 */
export function recordCall(current: Case, messageId: string, rulebook: Rulebook, now: Instant, by: Actor): Decision {
  if (current.status === "closed") return refuse("not-open");
  return [
    { type: "CallConnected", at: now, by, messageId, personId: current.requesterId },
    ...stopClocks(current, ANSWERED, rulebook, now, by),
    ...heardOf(current, rulebook, now, by),
  ];
}

/** The customer heard something: while the case goes on, the wait for the next begins. */
function heardOf(current: Case, rulebook: Rulebook, now: Instant, by: Actor): Fact[] {
  return CATEGORY_OF[current.status] === "done" ? [] : startNext(current, "update", now, rulebook, now, by);
}

function answered(
  current: Case,
  messageId: string,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
  ended: readonly Metric[],
): Fact[] {
  return [
    { type: "ReplyWritten", at: now, by, messageId, personId: current.requesterId },
    ...stopClocks(current, ended, rulebook, now, by),
  ];
}

/** An agent's words to other agents: no clock takes notice. */
export function note(_current: Case, messageId: string, now: Instant, by: Actor): Decision {
  return [{ type: "NoteWritten", at: now, by, messageId }];
}

/**
 * Resolved with words: they are a response. Without: the responses that are still owed are cancelled, neither met nor
 * missed. Either way the work is done, which ends the resolution clock. `status` is one of the desk's own that is like
 * resolved.
 */
export function resolve(
  current: Case,
  words: { messageId: string } | undefined,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
  status?: string,
): Decision {
  if (CATEGORY_OF[current.status] === "done") return refuse("not-open");
  const own = status === undefined ? undefined : statusNamed(rulebook.policy, status);
  if (status !== undefined && own?.like !== "resolved") {
    return refuse("unknown-status", [{ path: "status", message: "is no status of this desk that resolves a case" }]);
  }
  const ownStatus = own?.ownStatus;
  const resolved = { type: "CaseResolved" as const, at: now, by, ...(ownStatus !== undefined && { ownStatus }) };
  if (words !== undefined) {
    const facts = answered(current, words.messageId, rulebook, now, by, [...ANSWERED, ...WORKED]);
    return [...facts, { ...resolved, withWords: true }];
  }

  return [...endSilently(current, rulebook, now, by), { ...resolved, withWords: false }];
}
