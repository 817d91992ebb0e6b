import type { Rulebook } from "../policy/rulebook.ts";
import { earlier, type Instant, instant, plus } from "../time/instant.ts";
import type { Cycle, Pause, Segment } from "./clock.ts";
import { isPaused, resumed } from "./pausing.ts";
import { type ClockPromise, countedBy, pieceAt, promisesOf, reachedAt } from "./promise.ts";
import { isRunning } from "./running.ts";
import type { PromisedTo } from "./target.ts";

/** Where a cycle stands by the rules: its due, and what decides it. */
export interface Standing {
  /** Undefined while a pause stands before it: it is due at no instant that anybody knows. */
  dueAt: Instant | undefined;
  /** The promise that decides the due. */
  promise: ClockPromise;
  /** The segment in force at the due. */
  governing: Segment;
  /** The pauses that were left out. */
  pauses: readonly Pause[];
}

/** The due of a cycle by its segments, the calendars and the policies: later ones replace, shorten or extend it. */
export function dueOf(rulebook: Rulebook, to: PromisedTo, cycle: Cycle): Standing {
  return standing(rulebook, promisesOf(cycle, to, rulebook), cycle.pauses ?? []);
}

/** The same, as if a pause that lasts ended now: what a paused clock is shown with. */
export function dueIfResumed(
  rulebook: Rulebook,
  to: PromisedTo,
  cycle: Cycle,
  now: Instant,
): Standing & { dueAt: Instant } {
  const found = standing(rulebook, promisesOf(cycle, to, rulebook), resumed(cycle.pauses, now));
  if (found.dueAt === undefined) throw new Error("a clock that runs has a due");
  return { ...found, dueAt: found.dueAt };
}

function standing(rulebook: Rulebook, promises: readonly ClockPromise[], pauses: readonly Pause[]): Standing {
  const [first, ...rest] = promises;
  if (first === undefined) throw new Error("a cycle has at least one segment");

  let promise = first;
  let dueMs = dueMsOf(first, pauses, rulebook);
  for (const next of rest) {
    const own = dueMsOf(next, pauses, rulebook);
    const combined = { replace: own, earlier: Math.min(dueMs, own), later: Math.max(dueMs, own) }[next.combine];
    if (combined !== dueMs || next.combine === "replace") promise = next;
    dueMs = combined;
  }

  const dueAt = Number.isFinite(dueMs) ? instant(dueMs) : undefined;
  const piece = dueAt === undefined ? promise.pieces.at(-1) : pieceAt(promise, dueAt);
  if (piece === undefined) throw new Error("a promise has at least one piece");
  return { dueAt, promise, governing: piece.segment, pauses };
}

function dueMsOf(promise: ClockPromise, pauses: readonly Pause[], rulebook: Rulebook): number {
  return reachedAt(promise, pauses, rulebook) ?? Number.POSITIVE_INFINITY;
}

/** What is left of the promise that decides, in milliseconds of its open time; negative after the due. */
export function leftMs(rulebook: Rulebook, { promise, pauses }: Standing, now: Instant): number {
  const { countedMs, segment } = countedBy(promise, pauses, now, rulebook);
  return (segment?.openMs ?? 0) - countedMs;
}

export interface WarningDue {
  percent: number;
  at: Instant;
}

/** When each warning of a cycle is due, lowest first; those behind a pause that lasts are left out. */
export function warningsOf(rulebook: Rulebook, { promise, governing, pauses }: Standing): WarningDue[] {
  return governing.warnAtPercents.flatMap((percent) => {
    const openMs = Math.max(1, Math.round((governing.openMs * percent) / 100));
    const at = reachedAt(promise, pauses, rulebook, openMs);
    return at === undefined ? [] : [{ percent, at }];
  });
}

/** A threshold is told once, until another target or other hours put it off past the instant at which it was told. */
export function isTold({ warnedPercent, warnedAt }: Cycle, { percent, at }: WarningDue): boolean {
  return percent <= warnedPercent && (warnedAt === undefined || at <= warnedAt);
}

/** An answer exactly at the due meets it (sla.md), so a breach is first certain one millisecond later. */
export function breachCertainAt(dueAt: Instant): Instant {
  return plus(dueAt, 1);
}

/** Whether a cycle is still watched: it runs, and its promise is not known to be broken. */
export function isWatched(cycle: Cycle): boolean {
  return isRunning(cycle) && cycle.breachedAt === undefined;
}

/** When a cycle next needs looking at: its next warning or its breach. Undefined once it has ended, is breached or stands. */
export function cycleWakeAt(rulebook: Rulebook, to: PromisedTo, cycle: Cycle): Instant | undefined {
  if (!isWatched(cycle)) return undefined;
  const found = dueOf(rulebook, to, cycle);
  // A warning that was not told before the clock came to stand is told when it runs again.
  if (found.dueAt === undefined) return undefined;
  const warning = warningsOf(rulebook, found).find((due) => !isTold(cycle, due));
  const breach = breachCertainAt(found.dueAt);
  return warning === undefined ? breach : earlier(warning.at, breach);
}

/** The rules without what came into force after an instant. */
export function rulesUntil(rulebook: Rulebook, at: Instant): Rulebook {
  return {
    ...rulebook,
    versionsOf: (id) => rulebook.versionsOf(id).filter(({ from }) => from <= at),
    moves: rulebook.moves.filter(({ from }) => from <= at),
  };
}

/**
 * The due of a cycle as it is shown: of one that ended or is breached, as it was then. The fact that cancels one says no
 * due, and it may have stood: it is reckoned, by the rules of then.
 */
export function shownDue(rulebook: Rulebook, to: PromisedTo, cycle: Cycle, now: Instant): Instant {
  const { breachedAt, outcome, endedAt } = cycle;
  if (breachedAt !== undefined) return breachedAt;
  if (outcome === "cancelled" && endedAt !== undefined) {
    return dueIfResumed(rulesUntil(rulebook, endedAt), to, cycle, endedAt).dueAt;
  }
  if (!isRunning(cycle)) return cycle.dueAt;
  return isPaused(cycle)
    ? dueIfResumed(rulebook, to, cycle, now).dueAt
    : (dueOf(rulebook, to, cycle).dueAt ?? cycle.dueAt);
}
