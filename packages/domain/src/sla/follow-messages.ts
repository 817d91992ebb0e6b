import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { Fact } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { type Instant, later } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import { isWatched } from "./due.ts";
import { pieceAt, promisesOf } from "./promise.ts";
import { retarget } from "./retarget.ts";
import { isRunning } from "./running.ts";
import { cancelClocks, settleBreaches, unbroken } from "./settle.ts";

/**
 * The next-response clock of a case that a message left goes on from the oldest one that still waits for an answer
 * (`waitingSince`), or ends when none does (sla.md, next-response starts at; split off). What is broken by now stays so.
 */
export function followMessages(
  current: Case,
  waitingSince: Instant | undefined,
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): Fact[] {
  const running = current.clocks.find((cycle) => cycle.metric === "next-response" && isRunning(cycle));
  if (running === undefined) return [];
  if (waitingSince === undefined) return cancelClocks(current, "message-gone", rulebook, now, by, ["next-response"]);
  if (waitingSince <= running.startedAt || !isWatched(running)) return [];

  const breaches = settleBreaches(current, rulebook, now, by);
  if (!unbroken(current, breaches).includes(running)) return breaches;
  const base = baseAt(running, waitingSince, current, rulebook);
  return [...breaches, retarget(current, running, base, "message-gone", rulebook, now, by)];
}

/** What the cycle was measured by at an instant, as if it began then: the target, the team and the hours of then. */
function baseAt(cycle: Cycle, startedAt: Instant, current: Case, rulebook: Rulebook): Segment {
  const known = cycle.segments.filter(({ from }, index) => index === 0 || from <= startedAt);
  const promise = promisesOf({ metric: cycle.metric, segments: known }, current, rulebook).at(-1);
  const piece = promise && pieceAt(promise, startedAt);
  if (piece === undefined) throw new Error("a cycle has at least one segment");
  return { ...piece.segment, from: later(startedAt, piece.segment.from), measuredFrom: startedAt, combine: "replace" };
}
