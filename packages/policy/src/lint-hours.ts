import {
  type Calendar,
  checkCalendar,
  compileCalendar,
  fitsOpenTime,
  HorizonReached,
  instantOf,
  MINUTE_MS,
  nextOpening,
  type OpenHours,
  type Policy,
  regularOpeningMs,
  type TargetRule,
} from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";

/** Where the check measures from: a target that fits from here fits for every case of our time. */
const MEASURED_FROM = instantOf("2100-01-01T00:00:00Z");

/**
 * Teams that never open, and targets whose open time does not come before the horizon: errors when a policy is loaded,
 * not when a case needs it (sla.md, Business time). A team whose calendar is unknown is left to `lintReferences`.
 */
export function lintHours(policy: Policy, calendars: readonly Calendar[]): PolicyFault[] {
  return policy.teams.flatMap((team, index) => {
    const calendar = calendars.find(({ id }) => id === team.hours);
    if (calendar === undefined) return [];
    if (!isUsable(calendar)) return [neverOpens(index, `the calendar ${team.hours} has faults of its own`)];
    const hours = compileCalendar(calendar);
    if (!opensAgain(hours)) return [neverOpens(index, `the calendar ${team.hours} stops opening for good`)];
    return policy.targets.flatMap((target, place) =>
      target.clock === "round-the-clock" || fits(calendar, hours, target)
        ? []
        : [
            {
              code: "target-does-not-fit" as const,
              path: `/targets/${place}/length`,
              problem: `the hours of team ${team.code} (${team.hours}) never add up to it`,
              remedy: "shorten the target, or give the team more hours",
            },
          ],
    );
  });
}

function isUsable(calendar: Calendar): boolean {
  return checkCalendar(calendar).length === 0;
}

function opensAgain(hours: OpenHours): boolean {
  try {
    nextOpening(hours, MEASURED_FROM);
    return true;
  } catch (error) {
    if (error instanceof HorizonReached) return false;
    throw error;
  }
}

function fits(calendar: Calendar, hours: OpenHours, { length }: TargetRule): boolean {
  const openMs = "minutes" in length ? length.minutes * MINUTE_MS : length.businessDays * businessDayMs(calendar);
  return openMs > 0 && fitsOpenTime(hours, MEASURED_FROM, Math.max(1, Math.round(openMs)));
}

/** The length of a business day, or 0 for a week without hours (extra openings alone): no day can be promised then. */
function businessDayMs(calendar: Calendar): number {
  try {
    return regularOpeningMs(calendar, MEASURED_FROM);
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

function neverOpens(index: number, because: string): PolicyFault {
  return {
    code: "never-opens",
    path: `/teams/${index}/hours`,
    problem: `${because}, so that a promise measured on it could never be due`,
    remedy: "mend the calendar: at least one weekday with hours, and no last date",
  };
}
