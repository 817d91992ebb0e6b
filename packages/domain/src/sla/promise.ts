import { addOpenTime } from "../calendar/add-open-time.ts";
import { openTimeBetween } from "../calendar/open-time-between.ts";
import type { InForce } from "../policy/policy.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { earlier, type Instant, instant, later } from "../time/instant.ts";
import type { Cycle, Pause, Segment } from "./clock.ts";
import { policyMoves } from "./policy-moves.ts";
import type { PromisedTo } from "./target.ts";

/** A part of a promise: from an instant on it is measured as a segment says. */
export interface Piece {
  from: Instant;
  segment: Segment;
}

/** A length of open time that was promised from an instant on, piece by piece. */
export interface ClockPromise {
  combine: "replace" | "earlier" | "later";
  pieces: Piece[];
}

/** A stretch in which a promise's time runs: no pause in it, one segment, until the next piece or pause; the last has no end. */
export interface RunningStretch {
  from: Instant;
  until: Instant | undefined;
  segment: Segment;
}

/**
 * The promises of a cycle: its segments, and those that follow from the rules' own validity, so that an edit writes no
 * fact on any case: a later version of a calendar, and a policy that moves what is unfinished.
 */
export function promisesOf(
  cycle: Pick<Cycle, "metric" | "segments">,
  to: PromisedTo,
  rulebook: Rulebook,
): ClockPromise[] {
  const promises: ClockPromise[] = [];
  for (const segment of policyMoves(cycle, to, rulebook)) {
    if (segment.combine === "carry" || segment.combine === "move") {
      const last = promises.at(-1);
      for (const promise of promises) carry(promise, segment, segment.combine === "move" && promise === last);
      continue;
    }
    promises.push({ combine: segment.combine, pieces: [{ from: segment.measuredFrom, segment }] });
  }
  return promises.map((promise) => ({ ...promise, pieces: withCalendarVersions(promise.pieces, rulebook) }));
}

/**
 * Goes on with a promise on other hours, those of day and night excepted; a move of its own also changes its length. A
 * move to day and night is of the last promise alone: those before it go on with the hours that they have.
 */
function carry(promise: ClockPromise, segment: Segment, moves: boolean): void {
  const before = promise.pieces.at(-1)?.segment;
  if (before === undefined) return;
  if (moves) {
    promise.pieces.push({ from: segment.from, segment });
    return;
  }
  const { calendar, ...rest } = segment;
  if (before.calendar !== undefined && calendar === undefined) return;
  const { openMs, ruleId, policyVersion, warnAtPercents } = before;
  promise.pieces.push({
    from: segment.from,
    segment: {
      ...rest,
      openMs,
      ruleId,
      policyVersion,
      warnAtPercents,
      combine: "carry",
      ...(before.calendar !== undefined && { calendar }),
    },
  });
}

/** A version of a calendar that came into force after a segment began takes over from then on. */
function withCalendarVersions(pieces: readonly Piece[], rulebook: Rulebook): Piece[] {
  return pieces.flatMap((piece, index) => {
    const { calendar } = piece.segment;
    if (calendar === undefined) return [piece];
    const until = pieces[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const versions = rulebook.versionsOf(calendar.id).filter(({ from }) => from > piece.segment.from && from < until);
    return [piece, ...versions.filter(isLast).map(({ version, from }) => versionPiece(piece.segment, version, from))];
  });
}

/** Of several versions from the same instant on, the highest is in force. */
function isLast({ version, from }: InForce, _index: number, all: readonly InForce[]): boolean {
  return !all.some((other) => other.from === from && other.version > version);
}

function versionPiece(segment: Segment, version: number, from: Instant): Piece {
  const id = segment.calendar?.id ?? "";
  return { from, segment: { ...segment, from, measuredFrom: from, calendar: { id, version }, combine: "carry" } };
}

/** The stretches in which a promise's time runs. A pause that lasts ends them. */
export function* runningStretches(promise: ClockPromise, pauses: readonly Pause[]): Iterable<RunningStretch> {
  for (const [index, { from, segment }] of promise.pieces.entries()) {
    const until = promise.pieces[index + 1]?.from;
    for (const gap of betweenPauses(pauses)) {
      const begins = later(from, gap.from);
      const ends = until === undefined || gap.until === undefined ? (until ?? gap.until) : earlier(until, gap.until);
      if (ends === undefined || begins < ends) yield { from: begins, until: ends, segment };
    }
  }
}

/** The times before, between and after pauses. */
function* betweenPauses(pauses: readonly Pause[]): Iterable<{ from: Instant; until: Instant | undefined }> {
  let reached = instant(0);
  for (const { from, until } of pauses) {
    yield { from: reached, until: from };
    if (until === undefined) return;
    reached = until;
  }
  yield { from: reached, until: undefined };
}

/**
 * The instant at which so much of a promise's open time is gone, the whole of it unless told otherwise; undefined while a
 * pause stands before it. When a policy move promises less than what has been counted, it is the instant of the move:
 * never one before.
 */
export function reachedAt(
  promise: ClockPromise,
  pauses: readonly Pause[],
  rulebook: Rulebook,
  openMs?: number,
): Instant | undefined {
  let countedMs = 0;
  for (const { from, until, segment } of runningStretches(promise, pauses)) {
    const wantedMs = openMs ?? segment.openMs;
    if (countedMs >= wantedMs) return from;
    const hours = rulebook.hoursOf(segment.calendar);
    const availableMs = until === undefined ? Number.POSITIVE_INFINITY : openTimeBetween(hours, from, until);
    const at = countedMs + availableMs < wantedMs ? undefined : addOpenTime(hours, from, wantedMs - countedMs);
    // Nothing falls due while the clock stands: what a pause meets at its very end is due when the clock goes on.
    if (at !== undefined && !pauses.some((pause) => pause.from === at)) return at;
    countedMs += availableMs;
  }
  return undefined;
}

/** The open time of a promise that is gone by an instant, and the segment in force then. */
export function countedBy(
  promise: ClockPromise,
  pauses: readonly Pause[],
  at: Instant,
  rulebook: Rulebook,
): { countedMs: number; segment: Segment | undefined } {
  let countedMs = 0;
  for (const { from, until, segment } of runningStretches(promise, pauses)) {
    if (from >= at) break;
    const end = instant(Math.min(at, until ?? at));
    countedMs += openTimeBetween(rulebook.hoursOf(segment.calendar), from, end);
  }
  return { countedMs, segment: pieceAt(promise, at)?.segment };
}

/** The piece of a promise in force at an instant, the first one before it. */
export function pieceAt(promise: ClockPromise, at: Instant): Piece | undefined {
  return promise.pieces.findLast(({ from }) => from <= at) ?? promise.pieces[0];
}
