import type { Actor } from "../access/actor.ts";
import type { Case } from "../case/case.ts";
import type { FactOf } from "../case/facts.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { teamCalendar } from "../routing/route.ts";
import type { Instant } from "../time/instant.ts";
import type { Cycle, Segment } from "./clock.ts";
import { dueIfResumed } from "./due.ts";
import { nameOf, unbroken } from "./settle.ts";
import { withSegment } from "./with-segment.ts";

/** Gives a running cycle one more segment, or a new start. Both dues are recorded; those of a clock that stands as if it went on now. */
export function retarget(
  current: Case,
  cycle: Cycle,
  added: Segment,
  cause: FactOf<"ClockRetargeted">["cause"],
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): FactOf<"ClockRetargeted"> {
  const due = (segments: Segment[]) => dueIfResumed(rulebook, current, { ...cycle, segments }, now).dueAt;
  const dueBefore = due(cycle.segments);
  const dueAt = due(withSegment(cycle.segments, cause, added));
  return { type: "ClockRetargeted", at: now, by, ...nameOf(cycle), cause, dueBefore, dueAt, segment: added };
}

/**
 * The clocks of a case go over to another team: from now on they are measured on its hours, or round the clock as before;
 * what was counted stays counted, minutes stay minutes (sla.md, team handed over). `settled` are the breaches recorded
 * just before.
 */
export function handOverClocks(
  current: Case,
  team: string,
  settled: readonly FactOf<"ClockBreached">[],
  rulebook: Rulebook,
  now: Instant,
  by: Actor,
): FactOf<"ClockRetargeted">[] {
  const { id, version } = teamCalendar(rulebook, team).calendar;
  return unbroken(current, settled).flatMap((cycle) => {
    const last = cycle.segments.at(-1);
    if (last === undefined || last.team === team) return [];
    // A promise round the clock stays so, whatever is named here; one before it has the hours of the other team.
    const isMeasured = cycle.segments.some(({ calendar }) => calendar !== undefined);
    const added: Segment = {
      ...withoutCalendar(last),
      from: now,
      measuredFrom: now,
      team,
      ...(isMeasured && { calendar: { id, version } }),
      combine: "carry",
    };
    return [retarget(current, cycle, added, "handed-over", rulebook, now, by)];
  });
}

function withoutCalendar({ calendar: _calendar, ...rest }: Segment): Segment {
  return rest;
}
