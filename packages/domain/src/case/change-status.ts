import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { clocksOfReopened } from "../sla/reopen-clocks.ts";
import { settleBreaches } from "../sla/settle.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case, type Status } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact } from "./facts.ts";

/** The statuses that somebody can give a case; resolving it is another thing. */
export type GivenStatus = Extract<Status, "open" | "waiting-on-customer" | "waiting-on-fix" | "waiting-until">;

/**
 * Moves a case to a status that waits, or back to open, which reopens a resolved one. Whatever is broken by now is
 * recorded first: no pause can hide it (sla.md, pause).
 */
export function changeStatus(
  current: Case,
  { to, until }: { to: GivenStatus; until?: Instant | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  const isDone = CATEGORY_OF[current.status] === "done";
  if (current.status === "closed" || (isDone && to !== "open")) return refuse("not-open");
  if (current.status === to && until === current.waitsUntil) return refuse("same-status");
  if (to === "waiting-until" && (until === undefined || until <= now)) {
    return refuse("not-ahead", [{ path: "until", message: "must be an instant that is yet to come" }]);
  }

  const facts: Fact[] = [...settleBreaches(current, rulebook, now, by), moved(current, to, until, now, by)];
  if (!isDone) return facts;
  return [...facts, ...clocksOfReopened(applyAppend(current, facts, current.id), rulebook, now, by)];
}

function moved(current: Case, to: Status, until: Instant | undefined, now: Instant, by: Actor): Fact {
  const { status: from } = current;
  return {
    type: "StatusChanged",
    at: now,
    by,
    from,
    to,
    ...(to === "waiting-until" && until !== undefined && { until }),
  };
}

/** A case that waits goes on: the customer wrote, or the instant came that it waited for. */
export function goOn(current: Case, now: Instant, by: Actor): Fact[] {
  return CATEGORY_OF[current.status] === "waiting" ? [moved(current, "open", undefined, now, by)] : [];
}

/** Whether the instant that a case waits for has come. */
export function hasWaited({ status, waitsUntil }: Case, now: Instant): boolean {
  return status === "waiting-until" && waitsUntil !== undefined && waitsUntil <= now;
}
