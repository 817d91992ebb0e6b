import { explainOpenTime, type OpenTimeSpan } from "../calendar/explain-open-time.ts";
import { dateOfDay, type LocalDate } from "../calendar/local-date.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import type { Case } from "../case/case.ts";
import { isRefused } from "../case/decision.ts";
import { type Escalation, escalationOf, missedOn } from "../case/escalate.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { type Instant, instant } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import { type Counterfactual, counterfactuals } from "./counterfactuals.ts";
import { dueIfResumed, leftMs, rulesUntil, type Standing, shownDue } from "./due.ts";
import { isPaused } from "./pausing.ts";
import { promisesOf, reachedAt, runningStretches } from "./promise.ts";
import { isRunning } from "./running.ts";
import { mismatch, promisedTo } from "./target.ts";

/** A rule that stood before the one that decided, and the condition that did not hold. */
export interface PassedOver {
  id: string;
  because: NonNullable<ReturnType<typeof mismatch>>;
}

/** A time in which the clock stood: the case waited, or was resolved for a while. */
export interface PausedSpan {
  kind: "paused";
  from: Instant;
  until: Instant;
  lengthMs: number;
  /** The date on the wall at `from`. */
  on: LocalDate;
}

/** What a clock did under one segment, or between two of them while it stood. */
export interface ExplainedStretch {
  from: Instant;
  until: Instant;
  segment: Segment;
  hours: OpenHours;
  spans: (OpenTimeSpan | PausedSpan)[];
}

/** Why a due instant is what it is (sla.md, Explanation). */
export interface Explanation {
  dueAt: Instant;
  /** The segment in force at the due, of the promise that decides it. */
  governing: Segment;
  /** The hours that it is measured on. */
  hours: OpenHours;
  /** Undefined when the policy in force is another version than the segment's: its rules are not at hand. */
  passedOver: PassedOver[] | undefined;
  /** Every segment, those that follow from the rules' validity included, with the due that it gives by itself. */
  segments: (Segment & { dueAt: Instant })[];
  /** What the clock did from the start of the promise to the due, by the segments that measured it. */
  stretches: ExplainedStretch[];
  /** The spans of all stretches. */
  spans: (OpenTimeSpan | PausedSpan)[];
  /** The sum of the counted spans, in milliseconds: the length of the target. */
  openMs: number;
  /** Of a clock that stands: what is left of the target, in milliseconds; the due is as if it went on now. */
  pausedWithMsLeft: number | undefined;
  /** What the due would be had the case another priority from the start. */
  counterfactuals: Counterfactual[];
  /** Of a promise that can still be broken: where that would take the case by the policy in force, if anywhere. */
  ifMissed: (Escalation & { policyVersion: number }) | undefined;
}

/** Explains the due of a cycle. Throws a RangeError when the target is longer than ten years on the calendar. */
export function explainClock(current: Case, cycle: Cycle, rulebook: Rulebook, now: Instant): Explanation {
  const dueAt = shownDue(rulebook, current, cycle, now);
  const { standing, rules } = standingAt(current, cycle, dueAt, rulebook, now);
  const { governing } = standing;
  const stretches = stretchesOf(standing, dueAt, rulebook);
  const spans = stretches.flatMap((stretch) => stretch.spans);

  return {
    dueAt,
    governing,
    hours: rulebook.hoursOf(governing.calendar),
    passedOver: passedOver(current, cycle, governing, rulebook),
    segments: explainedSegments(current, cycle, standing, rules),
    stretches,
    spans,
    openMs: spans.reduce((sum, span) => sum + (span.kind === "counted" ? span.lengthMs : 0), 0),
    pausedWithMsLeft: isRunning(cycle) && isPaused(cycle) ? leftMs(rulebook, standing, now) : undefined,
    counterfactuals: counterfactuals(current, cycle, dueAt, rulebook, cycle.endedAt ?? now),
    ifMissed: ifMissed(current, cycle, rulebook),
  };
}

function ifMissed(current: Case, cycle: Cycle, { policy }: Rulebook): Explanation["ifMissed"] {
  if (!isRunning(cycle) || cycle.breachedAt !== undefined) return undefined;
  const escalation = escalationOf(policy, missedOn(current, cycle.metric));
  return isRefused(escalation) ? undefined : { ...escalation, policyVersion: policy.version };
}

/**
 * What gave a cycle its due, and the rules that did. One that ended is untouched by what came into force after it: if the
 * rules known now give another due than the recorded one, those that came later are left out.
 */
function standingAt(current: Case, cycle: Cycle, dueAt: Instant, rulebook: Rulebook, now: Instant): Judged {
  const until = cycle.endedAt ?? cycle.breachedAt ?? now;
  const standing = dueIfResumed(rulebook, current, cycle, until);
  if (standing.dueAt === dueAt) return { standing, rules: rulebook };
  const rules = rulesUntil(rulebook, until);
  return { standing: dueIfResumed(rules, current, cycle, until), rules };
}

/** Where a cycle stands, by which rules. */
interface Judged {
  standing: Standing;
  rules: Rulebook;
}

function stretchesOf({ promise, pauses }: Standing, dueAt: Instant, rulebook: Rulebook): ExplainedStretch[] {
  const stretches: ExplainedStretch[] = [];
  let reached = promise.pieces[0]?.from ?? dueAt;
  for (const { from, until, segment } of runningStretches(promise, pauses)) {
    if (from > dueAt || reached >= dueAt) break;
    const end = instant(Math.min(dueAt, until ?? dueAt));
    const hours = rulebook.hoursOf(segment.calendar);
    const before = from > reached ? [pausedSpan(hours, reached, from)] : [];
    stretches.push({
      from: reached,
      until: end,
      segment,
      hours,
      spans: [...before, ...explainOpenTime(hours, from, end)],
    });
    reached = end;
  }
  return stretches;
}

function pausedSpan({ dates }: OpenHours, from: Instant, until: Instant): PausedSpan {
  return { kind: "paused", from, until, lengthMs: until - from, on: dateOfDay(dates.clock.dayHolding(from)) };
}

/** The segments that facts gave, and those that follow from the validity of calendars and policies, in order. */
function explainedSegments(
  current: Case,
  cycle: Cycle,
  { pauses }: Standing,
  rulebook: Rulebook,
): (Segment & { dueAt: Instant })[] {
  const shown = promisesOf(cycle, current, rulebook).flatMap(({ combine, pieces }) =>
    pieces.map((piece, index) => {
      const dueAt = reachedAt({ combine, pieces: pieces.slice(0, index + 1) }, pauses, rulebook);
      return { ...piece.segment, dueAt: dueAt ?? cycle.dueAt };
    }),
  );
  return shown.sort((a, b) => a.from - b.from);
}

function passedOver(current: Case, cycle: Cycle, governing: Segment, rulebook: Rulebook): PassedOver[] | undefined {
  const policy = [rulebook.policy, ...rulebook.moves.map((move) => move.policy)].find(
    ({ version }) => version === governing.policyVersion,
  );
  if (policy === undefined) return undefined;

  const promised = promisedTo({ ...current, priority: governing.priority ?? current.priority });
  const before = policy.targets.slice(
    0,
    policy.targets.findIndex((rule) => rule.id === governing.ruleId),
  );
  return before.flatMap((rule) => {
    const because = mismatch(rule, cycle.metric, promised);
    return because === undefined ? [] : [{ id: rule.id, because }];
  });
}
