import {
  Calendar,
  type DayHours,
  HOUR_MS,
  type Instant,
  instant,
  type Policy,
  plus,
  type TargetRule,
  WEEKDAYS,
  type WeekHours,
} from "@ithaca/domain";
import { shippedPolicy } from "@ithaca/policy";
import * as z from "zod/mini";

/** Whether a team of the test desk is open while the journeys run. */
export type Doors = Readonly<Record<"main" | "au", "open" | "closed">>;

/** What the test desk promises at a priority, in seconds, so that a journey can see it kept and broken. */
export type PromisedSeconds = Readonly<Record<"critical" | "high" | "low", number>>;

export const PROMISED_SECONDS: PromisedSeconds = { critical: 40, high: 20, low: 20 };

/** So much of each of those is gone when somebody is warned. */
export const WARNED_PERCENT = 50;

const MINUTE_SECONDS = 60;

/** What the test desk wants to know of its cases: a field of each kind. */
const FIELDS: NonNullable<Policy["fields"]> = [
  { code: "shop", name: "Shop", kind: "text" },
  { code: "seats", name: "Seats", kind: "number" },
  { code: "vip", name: "Important", kind: "yes-no" },
  { code: "plan", name: "Plan", kind: "choice", choices: ["Small", "Large"] },
];

/** Statuses of its own: what waits for somebody else's fix, and what was no fault. */
const STATUSES: NonNullable<Policy["statuses"]> = [
  { code: "with-vendor", name: "With the vendor", like: "waiting-on-fix" },
  { code: "no-fault-found", name: "No fault found", like: "resolved" },
];

/** The calendars of the test desk, by whether they are open now. */
export const CALENDAR_IDS = { open: "open-around-now", closed: "closed-around-now" } as const;

/**
 * The policy that ships with promises of seconds, and hours in which a team is open or closed at this moment. A medium
 * case keeps its day, so that nothing about it becomes due while a journey looks on.
 */
export function testPolicy(doors: Doors, promised: PromisedSeconds = PROMISED_SECONDS): Policy {
  const shipped = shippedPolicy();
  return {
    ...shipped,
    name: "Journeys",
    fields: FIELDS,
    statuses: STATUSES,
    teams: shipped.teams.map((team) => ({
      ...team,
      hours: CALENDAR_IDS[team.code === "au" ? doors.au : doors.main],
    })),
    targets: shipped.targets.map((rule) => shortened(rule, promised)),
  };
}

function shortened(rule: TargetRule, promised: PromisedSeconds): TargetRule {
  const [priority] = rule.when.priority ?? [];
  if (priority !== "critical" && priority !== "high" && priority !== "low") return rule;
  return {
    ...rule,
    length: { minutes: promised[priority] / MINUTE_SECONDS },
    warnings: [{ percent: WARNED_PERCENT }],
  };
}

/** Two calendars whose hours lie around an instant: one open from an hour before it, one closed until six hours after. */
export function testCalendars(now: Instant): Calendar[] {
  return [
    calendar(CALENDAR_IDS.open, [wallTime(plus(now, -HOUR_MS)), wallTime(plus(now, 4 * HOUR_MS))]),
    calendar(CALENDAR_IDS.closed, [wallTime(plus(now, 6 * HOUR_MS)), wallTime(plus(now, 10 * HOUR_MS))]),
  ];
}

function calendar(id: string, hours: DayHours[number]): Calendar {
  const week: WeekHours = Object.fromEntries(WEEKDAYS.map((day) => [day, [hours]]));
  return z.decode(Calendar, { id, version: 1, name: `Journeys: ${id}`, zone: "UTC", week, holidays: [] });
}

/** The minute of an instant on a clock in UTC. */
function wallTime(at: Instant): string {
  return new Date(at).toISOString().slice("2026-01-31T".length, "2026-01-31T08:30".length);
}

/** The present, to the millisecond. */
export function now(): Instant {
  return instant(Date.now());
}
