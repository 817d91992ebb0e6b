import { DAY_MS, type Instant, instant } from "../time/instant.ts";
import type { Calendar } from "./calendar.ts";
import { alwaysOpen, intersection, minus, neverOpen, union } from "./combine-hours.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { explainOpenTime } from "./explain-open-time.ts";
import { dateOfDay, type LocalDate } from "./local-date.ts";
import type { OpenHours } from "./open-hours.ts";
import { openPeriodsBetween } from "./open-periods.ts";
import { openTimeBetween } from "./open-time-between.ts";
import { zoneClock } from "./zone-clock.ts";

/** A team and the calendar that it keeps. */
export type TeamCalendar = { readonly team: string; readonly calendar: Calendar };

/** A span in which nobody is open, with the holidays that have a part in it. */
export type CoverageGap = {
  readonly from: Instant;
  readonly until: Instant;
  readonly lengthMs: number;
  readonly holidays: readonly { readonly team: string; readonly name: string }[];
};

/** A clock change that alters how much the teams share, or how much nobody covers. Lengths are those of a week. */
export type OverlapChange = {
  readonly at: Instant;
  /** The zones that change their clocks then; the date is the one on their wall. */
  readonly zones: readonly { readonly zone: string; readonly on: LocalDate; readonly shiftMs: number }[];
  readonly overlapBeforeMs: number;
  readonly overlapAfterMs: number;
  readonly uncoveredBeforeMs: number;
  readonly uncoveredAfterMs: number;
};

/** When nobody is there, and what clock changes do to the hours that teams share. */
export type Coverage = {
  readonly from: Instant;
  readonly until: Instant;
  readonly uncoveredMs: number;
  /** The time in which all of the teams are open. */
  readonly overlapMs: number;
  readonly gaps: readonly CoverageGap[];
  readonly overlapChanges: readonly OverlapChange[];
};

/** The longest time that coverage is reckoned for, in days. */
export const COVERAGE_DAYS_MAX = 3_660;

const WEEK_MS = 7 * DAY_MS;

/**
 * Who covers the time from one instant to another, whichever teams there are. Throws a RangeError when the time is
 * longer than `COVERAGE_DAYS_MAX` days or ends before it begins, or when a zone is unknown.
 */
export function coverage(teams: readonly TeamCalendar[], from: Instant, until: Instant): Coverage {
  if (until < from || until - from > COVERAGE_DAYS_MAX * DAY_MS) {
    throw new RangeError(`coverage is reckoned for 0 to ${COVERAGE_DAYS_MAX} days`);
  }
  const hours = teams.map(({ team, calendar }) => ({ team, hours: compileCalendar(calendar) }));
  const uncovered = minus(alwaysOpen, hours.map((entry) => entry.hours).reduce(union, neverOpen));
  const overlap = inCommon(hours.map((entry) => entry.hours));
  const gaps = Array.from(openPeriodsBetween(uncovered, from, until), ({ opensAt, closesAt }) => ({
    from: opensAt,
    until: closesAt,
    lengthMs: closesAt - opensAt,
    holidays: hours.flatMap((entry) => holidaysIn(entry.team, entry.hours, opensAt, closesAt)),
  }));
  return {
    from,
    until,
    uncoveredMs: openTimeBetween(uncovered, from, until),
    overlapMs: openTimeBetween(overlap, from, until),
    gaps,
    overlapChanges: overlapChanges(teams, from, until),
  };
}

function inCommon(hours: readonly OpenHours[]): OpenHours {
  return hours.length === 0 ? neverOpen : hours.reduce(intersection, alwaysOpen);
}

function holidaysIn(team: string, hours: OpenHours, from: Instant, until: Instant): CoverageGap["holidays"] {
  const names = explainOpenTime(hours, from, until).flatMap((span) =>
    span.kind === "skipped" && span.reason === "holiday" ? [span.holiday] : [],
  );
  return [...new Set(names)].map((name) => ({ team, name }));
}

/** Compares the week before each clock change with the week after it, as they would be without any holiday. */
function overlapChanges(teams: readonly TeamCalendar[], from: Instant, until: Instant): OverlapChange[] {
  const regular = teams.map(({ calendar }) => compileCalendar(regularOf(calendar)));
  const overlap = inCommon(regular);
  const uncovered = minus(alwaysOpen, regular.reduce(union, neverOpen));
  const zones = [...new Set(teams.map(({ calendar }) => calendar.zone))];
  const changes = zones.flatMap((zone) =>
    zoneClock(zone)
      .changes(from, until)
      .map((change) => ({ zone, ...change })),
  );
  const moments = [...new Set(changes.map(({ at }) => at))].sort((a, b) => a - b);

  return moments
    .map((at) => ({
      at,
      zones: changes
        .filter((change) => change.at === at)
        .map(({ zone, shiftMs }) => ({ zone, on: dateOfDay(zoneClock(zone).dayHolding(at)), shiftMs })),
      overlapBeforeMs: openTimeBetween(overlap, weekFrom(at, -WEEK_MS), at),
      overlapAfterMs: openTimeBetween(overlap, at, weekFrom(at, WEEK_MS)),
      uncoveredBeforeMs: openTimeBetween(uncovered, weekFrom(at, -WEEK_MS), at),
      uncoveredAfterMs: openTimeBetween(uncovered, at, weekFrom(at, WEEK_MS)),
    }))
    .filter(
      (change) =>
        change.overlapBeforeMs !== change.overlapAfterMs || change.uncoveredBeforeMs !== change.uncoveredAfterMs,
    );
}

function regularOf({ validFrom: _from, validUntil: _until, ...calendar }: Calendar): Calendar {
  return { ...calendar, holidays: [], extraOpenings: [] };
}

function weekFrom(at: Instant, ms: number): Instant {
  return instant(at + ms);
}
