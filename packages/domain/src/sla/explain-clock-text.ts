import { dateOfDay, type Weekday, weekdayOfDay } from "../calendar/local-date.ts";
import { type DaySummary, type SkippedTime, summarizeOpenTime } from "../calendar/summarize-open-time.ts";
import type { ZoneClock } from "../calendar/zone-clock.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import type { ExplainedStretch, Explanation, PassedOver } from "./explain-clock.ts";

/** An explanation in words, a line each, times on the wall of the calendar's zone. */
export function explanationText(cycle: Pick<Cycle, "metric" | "number">, explanation: Explanation): string[] {
  const { governing, hours, segments, stretches, pausedWithMsLeft } = explanation;
  const { clock } = hours.dates;
  const promisedFrom = stretches[0]?.from ?? governing.measuredFrom;

  return [
    `${cycle.metric} ${cycle.number} is due ${onTheWall(clock, explanation.dueAt)} (${clock.zone}).`,
    ...(pausedWithMsLeft === undefined
      ? []
      : [`Paused, ${lengthText(pausedWithMsLeft)} left; the due is as if it went on now.`]),
    `Promised: ${lengthText(governing.openMs)} of ${hoursText(governing)}, from ${onTheWall(clock, promisedFrom)}.`,
    `Rule ${governing.ruleId} of policy version ${governing.policyVersion}; ${passedOverText(explanation.passedOver)}.`,
    ...(segments.length > 1 ? segments.map((segment) => segmentText(clock, segment)) : []),
    ...stretches.flatMap((stretch) => stretchText(stretch, stretches.length > 1)),
    sumText(explanation),
    ...explanation.counterfactuals.map(
      ({ priority, ruleId, dueAt }) => `Had it been ${priority} (rule ${ruleId}): ${onTheWall(clock, dueAt)}.`,
    ),
    ...(explanation.ifMissed === undefined ? [] : [ifMissedText(explanation.ifMissed)]),
  ];
}

function ifMissedText({ toTier, tells, ruleId, policyVersion }: NonNullable<Explanation["ifMissed"]>): string {
  const rule = ruleId === undefined ? "" : ` (rule ${ruleId} of policy version ${policyVersion})`;
  return `Should it be missed: the case goes up to tier ${toTier}${rule}, ${tells.join(" and ")} told.`;
}

/** A stretch day by day, on the wall of its own hours. */
function stretchText({ from, until, segment, hours, spans }: ExplainedStretch, oneOfSeveral: boolean): string[] {
  const { clock } = hours.dates;
  const wall = (at: Instant) => onTheWall(clock, at);
  const open = spans.flatMap((span) => (span.kind === "paused" ? [] : [span]));
  return [
    ...(oneOfSeveral ? [`From ${wall(from)} to ${wall(until)} (${clock.zone}), on ${hoursText(segment)}:`] : []),
    ...spans.flatMap((span) =>
      span.kind === "paused"
        ? [`Paused from ${wall(span.from)} to ${wall(span.until)}: ${lengthText(span.lengthMs)} left out.`]
        : [],
    ),
    ...summarizeOpenTime(open).days.map(dayText),
  ];
}

function sumText({ spans }: Explanation): string {
  const { countedMs, skippedMs, holidays } = summarizeOpenTime(
    spans.flatMap((span) => (span.kind === "paused" ? [] : [span])),
  );
  const pausedMs = spans.reduce((sum, span) => sum + (span.kind === "paused" ? span.lengthMs : 0), 0);
  const paused = pausedMs === 0 ? "" : ` Paused: ${lengthText(pausedMs)}.`;
  return `Counted: ${lengthText(countedMs)}. Skipped: ${lengthText(skippedMs)}${holidaysText(holidays)}.${paused}`;
}

function hoursText({ team, calendar }: Segment): string {
  if (calendar === undefined) return `time, day and night, for team ${team}`;
  return `open time of team ${team} (calendar ${calendar.id}, version ${calendar.version})`;
}

function passedOverText(passedOver: PassedOver[] | undefined): string {
  if (passedOver === undefined) return "the rules before it belong to a policy that is no longer in force";
  if (passedOver.length === 0) return "no rule stands before it";
  return `passed over: ${passedOver.map(({ id, because }) => `${id} (${because})`).join(", ")}`;
}

const COMBINED: Record<Segment["combine"], string> = {
  replace: "takes the place of what stood before",
  earlier: "counts if it is due earlier",
  later: "counts if it is due later",
  carry: "goes on with what is left, on these hours",
  move: "goes on with what is left of this length",
};

function segmentText(clock: ZoneClock, segment: Segment & { dueAt: Instant }): string {
  const from = onTheWall(clock, segment.from);
  return `Since ${from}: rule ${segment.ruleId}, due ${onTheWall(clock, segment.dueAt)}; ${COMBINED[segment.combine]}.`;
}

function dayText({ on, weekday, countedMs, skipped, clockShiftMs }: DaySummary): string {
  const parts = [
    ...(countedMs > 0 ? [`counted ${lengthText(countedMs)}`] : []),
    ...skipped.map(skippedText),
    ...(clockShiftMs === 0
      ? []
      : [`the clocks go ${clockShiftMs > 0 ? "forward" : "back"} ${lengthText(Math.abs(clockShiftMs))}`]),
  ];
  return `${WEEKDAY_NAMES[weekday]} ${on}: ${parts.join("; ")}.`;
}

function skippedText(part: SkippedTime): string {
  return `skipped ${lengthText(part.ms)} (${"holiday" in part ? part.holiday : part.reason})`;
}

function holidaysText(holidays: readonly string[]): string {
  return holidays.length === 0 ? "" : `, ${holidays.join(" and ")} among it`;
}

const WEEKDAY_NAMES: Record<Weekday, string> = {
  1: "Mon",
  2: "Tue",
  3: "Wed",
  4: "Thu",
  5: "Fri",
  6: "Sat",
  7: "Sun",
};

/** Hours, minutes and seconds of a wall clock: how long one is, and after how many it begins anew. */
const WALL_UNITS = [
  [HOUR_MS, 24],
  [MINUTE_MS, 60],
  [SECOND_MS, 60],
] as const;

/** "Mon 2026-11-30 14:05", with seconds when there are some. */
function onTheWall(clock: ZoneClock, at: Instant): string {
  const wallMs = at + clock.offsetMs(at);
  const day = Math.floor(wallMs / DAY_MS);
  const time = WALL_UNITS.map(([unitMs, units]) => String(Math.floor(wallMs / unitMs) % units).padStart(2, "0"));
  const shown = time[2] === "00" ? time.slice(0, 2) : time;
  return `${WEEKDAY_NAMES[weekdayOfDay(day)]} ${dateOfDay(day)} ${shown.join(":")}`;
}

/** "5 h 55 min", to the millisecond. */
function lengthText(ms: number): string {
  const parts = [
    { count: Math.floor(ms / HOUR_MS), unit: "h" },
    { count: Math.floor(ms / MINUTE_MS) % 60, unit: "min" },
    { count: Math.floor(ms / SECOND_MS) % 60, unit: "s" },
    { count: ms % SECOND_MS, unit: "ms" },
  ].filter(({ count }) => count > 0);
  return parts.length === 0 ? "0 min" : parts.map(({ count, unit }) => `${count} ${unit}`).join(" ");
}
