import type { CalendarsClient } from "@ithaca/client";
import {
  ASK_LIMITS,
  addOpenTime,
  type Calendar,
  compileCalendar,
  coverage,
  DAY_MS,
  explainOpenTime,
  HorizonReached,
  type Instant,
  instantOf,
  isOpen,
  MINUTE_MS,
  monthsAfter,
  nextClosing,
  nextOpening,
  type OpenHours,
  openPeriodsBetween,
  openTimeBetween,
  type Policy,
  subtractOpenTime,
  summarizeOpenTime,
  toIso,
} from "@ithaca/domain";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** Calendars at hand, and the teams that work by them. */
export interface CalendarsAtHand {
  readonly calendars: readonly Calendar[];
  readonly teams: readonly Pick<Policy["teams"][number], "code" | "hours" | "chatHours">[];
  readonly now: () => Instant;
}

/**
 * Answers as a desk would, within the same limits, on calendars at hand and without asking anybody. There is one version
 * of each.
 */
export function localCalendars({ calendars, teams, now }: CalendarsAtHand): CalendarsClient {
  const compiled = new Map(calendars.map((calendar) => [calendar.id, { calendar, hours: compileCalendar(calendar) }]));
  const found = (id: string, asked: { version?: number } = {}) => {
    const one = compiled.get(id);
    if (one === undefined) {
      throw new Failure(`There is no calendar ${id}; there are: ${[...compiled.keys()].join(", ")}.`, EXIT.notThere);
    }
    if (asked.version !== undefined && asked.version !== one.calendar.version) {
      throw new Failure(`Version ${asked.version} of ${id} is not at hand; ask a desk for it.`, EXIT.notThere);
    }
    const { version, zone } = one.calendar;
    return { ...one, head: { id, version, zone } };
  };

  return {
    list: async () => {
      const items = [...compiled.values()].map(({ calendar: { id, version, name, zone }, hours }) => {
        const kept = teams.filter((team) => team.hours === id || team.chatHours === id).map(({ code }) => code);
        return { id, version, name, zone, teams: kept, ...whenOpen(hours, now()) };
      });
      return { at: toIso(now()), items };
    },
    read: async (id, asked) => {
      const { calendar } = found(id, asked);
      return { calendar, inForce: calendar.version, versions: [] };
    },
    openings: async (id, { from, until, ...asked }) => {
      const { hours, head } = found(id, asked);
      const [begin, end] = [instantOf(from), instantOf(until)];
      needRange({ from: begin, until: end });
      const openings = Array.from(openPeriodsBetween(hours, begin, end), ({ opensAt, closesAt }) => ({
        opensAt: toIso(opensAt),
        closesAt: toIso(closesAt),
      }));
      return { ...head, from, until, openings, openMs: openTimeBetween(hours, begin, end) };
    },
    next: async (id, { at = toIso(now()), ...asked } = {}) => {
      const { hours, head } = found(id, asked);
      return { ...head, at, ...whenOpen(hours, instantOf(at)) };
    },
    add: async (id, { start, minutes, ...asked }) => {
      const { hours, head } = found(id, asked);
      if (Math.abs(minutes) > ASK_LIMITS.addedMinutes) {
        throw new Failure(`${minutes} minutes are too long: ${ASK_LIMITS.addedMinutes} are added at most.`);
      }
      return { ...head, start, minutes, due: toIso(dueAfter(hours, instantOf(start), minutes)) };
    },
    between: async (id, { start, end, ...asked }) => {
      const { hours, head } = found(id, asked);
      const [begin, until] = [instantOf(start), instantOf(end)];
      if (Math.abs(until - begin) > ASK_LIMITS.measuredDays * DAY_MS) {
        throw new Failure(`${end} must be within ${ASK_LIMITS.measuredDays} days of ${start}.`);
      }
      const openMs = openTimeBetween(hours, begin, until);
      return { ...head, start, end, minutes: openMs / MINUTE_MS, openMs };
    },
    explain: async (id, { start, minutes, end, ...asked }) => {
      const { hours, head } = found(id, asked);
      const begin = instantOf(start);
      const until = end === undefined ? dueAfter(hours, begin, minutes ?? 0) : instantOf(end);
      needRange({ from: begin, until });
      const spans = explainOpenTime(hours, begin, until);
      const { countedMs: openMs, holidays } = summarizeOpenTime(spans);
      const written = spans.map((span) => ({ ...span, from: toIso(span.from), until: toIso(span.until) }));
      return { ...head, start, end: toIso(until), openMs, holidays: [...holidays], spans: written };
    },
    coverage: async ({ from, months = ASK_LIMITS.coverageMonths } = {}) => {
      if (months > ASK_LIMITS.coverageMonths) {
        throw new Failure(`${months} months are too many: it is told for ${ASK_LIMITS.coverageMonths} at most.`);
      }
      return coverageOf(
        teams.map(({ code, hours }) => ({ team: code, calendar: found(hours).calendar })),
        from === undefined ? now() : instantOf(from),
        months,
      );
    },
  };
}

/** Throws a Failure for a range that is turned round or longer than what one answer lists. */
function needRange({ from, until }: { readonly from: Instant; readonly until: Instant }): void {
  if (until >= from && until - from <= ASK_LIMITS.listedDays * DAY_MS) return;
  throw new Failure(
    `${toIso(until)} must be at or after ${toIso(from)}, by ${ASK_LIMITS.listedDays} days at most: no more is listed.`,
  );
}

function dueAfter(hours: OpenHours, start: Instant, minutes: number): Instant {
  const openMs = Math.round(Math.abs(minutes) * MINUTE_MS);
  try {
    return minutes < 0 ? subtractOpenTime(hours, start, openMs) : addOpenTime(hours, start, openMs);
  } catch (error) {
    if (error instanceof HorizonReached) throw new Failure(`${error.message}.`);
    throw error;
  }
}

function whenOpen(hours: OpenHours, at: Instant): { isOpen: boolean; opensAt?: string; closesAt?: string } {
  try {
    const opensAt = nextOpening(hours, at);
    const closesAt = nextClosing(hours, opensAt);
    return {
      isOpen: isOpen(hours, at),
      opensAt: toIso(opensAt),
      ...(closesAt !== undefined && { closesAt: toIso(closesAt) }),
    };
  } catch (error) {
    if (error instanceof HorizonReached) return { isOpen: false };
    throw error;
  }
}

function coverageOf(teams: readonly { team: string; calendar: Calendar }[], from: Instant, months: number) {
  const told = coverage(teams, from, monthsAfter(from, months));
  return {
    from: toIso(told.from),
    until: toIso(told.until),
    teams: teams.map(({ team, calendar: { id, version, zone } }) => ({ team, calendar: id, version, zone })),
    uncoveredMs: told.uncoveredMs,
    overlapMs: told.overlapMs,
    gaps: told.gaps.map((gap) => ({
      ...gap,
      from: toIso(gap.from),
      until: toIso(gap.until),
      holidays: [...gap.holidays],
    })),
    overlapChanges: told.overlapChanges.map((change) => ({
      ...change,
      at: toIso(change.at),
      zones: [...change.zones],
    })),
  };
}
