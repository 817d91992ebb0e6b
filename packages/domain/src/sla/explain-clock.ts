import { explainOpenTime, type OpenTimeSpan } from "../calendar/explain-open-time.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import type { Case } from "../case/case.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import type { Instant } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import { dueOf, segmentDue } from "./due.ts";
import { mismatch, type Promised, targetRule } from "./target.ts";

/** A rule that stood before the one that decided, and the condition that did not hold. */
export interface PassedOver {
  id: string;
  because: NonNullable<ReturnType<typeof mismatch>>;
}

/** Why a due instant is what it is (sla.md, Explanation). */
export interface Explanation {
  dueAt: Instant;
  /** The segment that decides the due. */
  governing: Segment;
  /** The hours that it is measured on. */
  hours: OpenHours;
  /** Undefined when the policy in force is another version than the segment's: its rules are not at hand. */
  passedOver: PassedOver[] | undefined;
  /** Every segment, with the due that it gives by itself. */
  segments: (Segment & { dueAt: Instant })[];
  /** What the clock did from the governing segment's `measuredFrom` to the due. */
  spans: OpenTimeSpan[];
  /** The sum of the counted spans, in milliseconds: the length of the target. */
  openMs: number;
}

/** Explains the due of a cycle. Throws a RangeError when the target is longer than ten years on the calendar. */
export function explainClock(current: Case, cycle: Cycle, rulebook: Rulebook): Explanation {
  const { dueAt, governing } = dueOf(rulebook, cycle.segments);
  const hours = rulebook.hoursOf(governing.calendar);
  const spans = explainOpenTime(hours, governing.measuredFrom, dueAt);

  return {
    dueAt,
    governing,
    hours,
    passedOver: passedOver(current, cycle, governing, rulebook),
    segments: cycle.segments.map((segment) => ({ ...segment, dueAt: segmentDue(rulebook, segment) })),
    spans,
    openMs: spans.reduce((sum, span) => sum + (span.kind === "counted" ? span.lengthMs : 0), 0),
  };
}

function passedOver(current: Case, cycle: Cycle, governing: Segment, rulebook: Rulebook): PassedOver[] | undefined {
  const { policy } = rulebook;
  if (policy.version !== governing.policyVersion) return undefined;

  const promised = promisedFor(current, cycle, governing, rulebook);
  const before = policy.targets.slice(
    0,
    policy.targets.findIndex((rule) => rule.id === governing.ruleId),
  );
  return before.flatMap((rule) => {
    const because = mismatch(rule, cycle.metric, promised);
    return because === undefined ? [] : [{ id: rule.id, because }];
  });
}

/** What the governing segment's rule was chosen by: the case as it is, but for a priority that it may have had before. */
function promisedFor(current: Case, cycle: Cycle, governing: Segment, { policy }: Rulebook): Promised {
  const { channel, accountId, product } = current;
  const withPriority = (priority: string) => ({ priority, channel, accountId, product, package: current.package });
  const priorities = [current.priority ?? current.requestedPriority, ...policy.priorities.map(({ code }) => code)];
  const chosenBy = priorities.find(
    (priority) => targetRule(policy, cycle.metric, withPriority(priority))?.id === governing.ruleId,
  );
  return withPriority(chosenBy ?? current.requestedPriority);
}
