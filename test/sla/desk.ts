import {
  alwaysOpen,
  type Calendar,
  type CalendarInForce,
  compileCalendar,
  type Instant,
  instantOf,
  MINUTE_MS,
  type Policy,
  type Rulebook,
  type TargetRule,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";

/** The first instants of the windows that histories are lived in: each holds a clock change or a holiday. */
export const SEASONS = {
  "clocks go back in New York": instantOf("2026-10-31T12:00:00Z"),
  "clocks go forward in New York": instantOf("2026-03-07T12:00:00Z"),
  "clocks go forward in Sydney": instantOf("2026-10-03T06:00:00Z"),
  "a holiday in New York": instantOf("2026-11-25T12:00:00Z"),
} as const;
export type Season = keyof typeof SEASONS;

const DAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;
type Hours = readonly (readonly [string, string])[];

/** Open on seven days, for a Monday-to-Friday calendar cannot see a clock change. */
function calendar(id: string, version: number, zone: string, hours: Hours, holidays: string[]): Calendar {
  return {
    id,
    version,
    name: id,
    zone,
    week: Object.fromEntries(DAYS.map((day) => [day, hours])) as Calendar["week"],
    holidays: holidays.map((on) => ({ on: on as `${number}`, name: "A holiday", source: { kind: "hand" as const } })),
  };
}

const NEW_YORK = "America/New_York";
const SYDNEY = "Australia/Sydney";

/** Three versions of each team's hours: with a break, over the night, and with a day off. */
export const VERSIONS: readonly Calendar[] = [
  calendar(
    "main-hours",
    1,
    NEW_YORK,
    [
      ["08:00", "12:00"],
      ["13:00", "18:30"],
    ],
    ["2026-11-26"],
  ),
  calendar(
    "main-hours",
    2,
    NEW_YORK,
    [
      ["22:00", "03:00"],
      ["10:00", "10:20"],
    ],
    [],
  ),
  calendar("main-hours", 3, NEW_YORK, [["06:00", "23:00"]], ["2026-11-01", "2026-03-08", "2026-11-25"]),
  calendar("au-hours", 1, SYDNEY, [["09:00", "17:00"]], []),
  calendar(
    "au-hours",
    2,
    SYDNEY,
    [
      ["01:00", "04:30"],
      ["09:00", "16:45"],
    ],
    ["2026-11-26"],
  ),
  calendar("au-hours", 3, SYDNEY, [["00:00", "24:00"]], []),
];

function target(
  metric: TargetRule["when"]["metric"],
  priority: string | undefined,
  minutes: number,
  always = false,
): TargetRule {
  return {
    id: `${metric[0]}-${priority ?? "all"}`,
    when: { metric, ...(priority !== undefined && { priority: [priority] }) },
    length: { minutes },
    clock: always ? "round-the-clock" : "team-hours",
    warnings: [{ percent: 50 }, { percent: 75 }],
  };
}

const RESPONSE: TargetRule["when"]["metric"] = ["first-response", "next-response"];

function targets(scale: number): TargetRule[] {
  return [
    target(RESPONSE, "critical", 40 * scale, true),
    target(RESPONSE, "high", 60 * scale),
    target(RESPONSE, "medium", 110 * scale),
    target(RESPONSE, "low", 200 * scale),
    target(["update"], undefined, 90 * scale),
    target(["resolution"], "critical", 120 * scale, true),
    target(["resolution"], undefined, 150 * scale),
  ];
}

/** Statuses of the desk's own, one of each category that somebody moves a case to. */
const OWN_STATUSES: NonNullable<Policy["statuses"]> = [
  { code: "in-progress", name: "In progress", like: "open" },
  { code: "with-vendor", name: "With the vendor", like: "waiting-on-fix" },
];

/** Two policies: the second promises half as much time. */
export const POLICIES: readonly [Policy, Policy] = [
  { ...shippedRules.policy, version: 1, targets: targets(1), statuses: OWN_STATUSES },
  { ...shippedRules.policy, version: 2, targets: targets(0.5), statuses: OWN_STATUSES },
];

/** What comes into force when. */
export interface Edits {
  readonly calendars: readonly { readonly id: string; readonly version: number; readonly from: Instant }[];
  readonly policy?: { readonly from: Instant; readonly movesUnfinished: boolean } | undefined;
}

const compiled = new Map<string, CalendarInForce>(
  VERSIONS.map((version) => [
    `${version.id} ${version.version}`,
    { calendar: version, hours: compileCalendar(version) },
  ]),
);

function versionOf(id: string, version: number): CalendarInForce {
  const found = compiled.get(`${id} ${version}`);
  if (found === undefined) throw new Error(`no calendar ${id} ${version}`);
  return found;
}

/** The rules in force at an instant, which know what comes later. */
export function rulebookAt(edits: Edits, now: Instant): Rulebook {
  const calendarAt = (id: string, at: Instant) => versionOf(id, versionInForce(edits, id, at));
  const { policy } = edits;
  return {
    policy: POLICIES[policy !== undefined && policy.from <= now ? 1 : 0],
    calendar: (id) => calendarAt(id, now),
    calendars: () => ["main-hours", "au-hours"].map((id) => calendarAt(id, now)),
    versionsOf: (id) => edits.calendars.filter((edit) => edit.id === id).toSorted((a, b) => a.from - b.from),
    moves:
      policy?.movesUnfinished === true
        ? [{ policy: POLICIES[1], from: policy.from, calendar: (id) => calendarAt(id, policy.from) }]
        : [],
    hoursOf: (reference) => (reference === undefined ? alwaysOpen : versionOf(reference.id, reference.version).hours),
  };
}

/** The version of a calendar in force: the one that began last, of two at once the higher. */
export function versionInForce({ calendars }: Edits, id: string, at: number): number {
  let last: Edits["calendars"][number] | undefined;
  for (const edit of calendars) {
    if (edit.id !== id || edit.from > at) continue;
    if (last === undefined || edit.from > last.from || (edit.from === last.from && edit.version > last.version)) {
      last = edit;
    }
  }
  return last?.version ?? 1;
}

export function minutesAfter(at: Instant, minutes: number): Instant {
  return (at + minutes * MINUTE_MS) as Instant;
}
