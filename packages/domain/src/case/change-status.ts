import type { Actor } from "../access/actor.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { clocksOfReopened } from "../sla/reopen-clocks.ts";
import { settleBreaches } from "../sla/settle.ts";
import type { Instant } from "../time/instant.ts";
import { CATEGORY_OF, type Case, type Status } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact, FactOf } from "./facts.ts";
import { statusNamed } from "./own-status.ts";

/**
 * Moves a case to a status that waits, or back to open, which reopens a resolved one; or to one of the desk's own that is
 * like these. Whatever is broken by now is recorded first: no pause can hide it (sla.md, pause).
 */
export function changeStatus(
  current: Case,
  { to: code, until }: { to: string; until?: Instant | undefined },
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Decision {
  const named = statusNamed(rulebook.policy, code);
  if (named === undefined) return refuse("unknown-status", [{ path: "status", message: "is no status of this desk" }]);
  const { like: to, ownStatus } = named;
  if (to === "resolved") {
    return refuse("unknown-status", [{ path: "status", message: "resolves a case: it is given by resolving it" }]);
  }
  const isDone = CATEGORY_OF[current.status] === "done";
  if (current.status === "closed" || (isDone && to !== "open")) return refuse("not-open");
  if (current.status === to && current.ownStatus === ownStatus && until === current.waitsUntil) {
    return refuse("same-status");
  }
  if ((to === "waiting-until") !== (until !== undefined)) {
    return refuse("not-ahead", [
      { path: "until", message: "goes with a status that waits until then, and only with it" },
    ]);
  }
  if (until !== undefined && until <= now) {
    return refuse("not-ahead", [{ path: "until", message: "must be an instant that is yet to come" }]);
  }

  const facts: Fact[] = [
    ...settleBreaches(current, rulebook, now, by),
    {
      ...moved(current, to, now, by),
      ...(until !== undefined && { until }),
      ...(ownStatus !== undefined && { ownStatus }),
    },
  ];
  if (!isDone) return facts;
  return [...facts, ...clocksOfReopened(applyAppend(current, facts, current.id), rulebook, now, by)];
}

function moved(current: Case, to: Status, now: Instant, by: Actor): FactOf<"StatusChanged"> {
  return { type: "StatusChanged", at: now, by, from: current.status, to };
}

/** A case that waits goes on: the customer wrote, or the instant came that it waited for. */
export function goOn(current: Case, now: Instant, by: Actor): Fact[] {
  return CATEGORY_OF[current.status] === "waiting" ? [moved(current, "open", now, by)] : [];
}

/** Whether the instant that a case waits for has come. */
export function hasWaited({ status, waitsUntil }: Case, now: Instant): boolean {
  return status === "waiting-until" && waitsUntil !== undefined && waitsUntil <= now;
}
