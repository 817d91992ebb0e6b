import type { Instant } from "../time/instant.ts";
import { type Coverage, type CoverageGap, coverage, type TeamCalendar } from "./coverage.ts";

/** The teams, by the versions of their calendars that are in force from an instant on until the next stage begins. */
export type CoverageStage = { readonly from: Instant; readonly teams: readonly TeamCalendar[] };

/**
 * Who covers the time from the first stage to an instant, each stage by its own calendars: a gap that goes on when
 * versions change is one. Throws a RangeError as `coverage` does, and when there is no stage.
 */
export function coverageOverTime(stages: readonly CoverageStage[], until: Instant): Coverage {
  const [first] = stages;
  if (first === undefined) throw new RangeError("coverage begins with a stage");

  const parts = stages.map(({ from, teams }, index) => coverage(teams, from, stages[index + 1]?.from ?? until));
  const sum = (of: (part: Coverage) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    from: first.from,
    until,
    uncoveredMs: sum(({ uncoveredMs }) => uncoveredMs),
    overlapMs: sum(({ overlapMs }) => overlapMs),
    gaps: joinTouching(parts.flatMap(({ gaps }) => gaps)),
    overlapChanges: parts.flatMap(({ overlapChanges }) => overlapChanges),
  };
}

function joinTouching(gaps: readonly CoverageGap[]): CoverageGap[] {
  const joined: CoverageGap[] = [];
  for (const gap of gaps) {
    const last = joined.at(-1);
    if (last?.until === gap.from) joined[joined.length - 1] = joinedGap(last, gap);
    else joined.push(gap);
  }
  return joined;
}

function joinedGap(before: CoverageGap, after: CoverageGap): CoverageGap {
  const isKnown = (holiday: CoverageGap["holidays"][number]) =>
    before.holidays.some(({ team, name }) => team === holiday.team && name === holiday.name);
  return {
    from: before.from,
    until: after.until,
    lengthMs: before.lengthMs + after.lengthMs,
    holidays: [...before.holidays, ...after.holidays.filter((holiday) => !isKnown(holiday))],
  };
}
