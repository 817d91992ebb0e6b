import type { Calendar, DayHours, Holiday } from "@ithaca/domain";
import fc from "fast-check";

const DAY_MS = 86_400_000;

/** Every zone that the runtime knows, and the ones that move their clocks in unusual ways a few times more. */
export const ZONES: readonly string[] = [
  ...Intl.supportedValuesOf("timeZone"),
  ...Array.from({ length: 8 }, () => [
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "Asia/Beirut",
    "America/Havana",
    "America/Santiago",
    "Atlantic/Azores",
  ]).flat(),
];

const wallTime = fc
  .oneof(
    fc.integer({ min: 0, max: 1_439 }),
    fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
    fc.constantFrom(0, 60, 120, 150, 180),
  )
  .map(timeOf);
const endTime = fc.oneof({ weight: 9, arbitrary: wallTime }, { weight: 1, arbitrary: fc.constant("24:00") });

/** Intervals of any kind: one, split, overnight, a minute long, all day, overlapping. */
export const arbitraryHours: fc.Arbitrary<DayHours> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<DayHours>([["08:00", "20:00"]]) },
  { weight: 1, arbitrary: fc.constant<DayHours>([["00:00", "24:00"]]) },
  { weight: 1, arbitrary: fc.constant<DayHours>([["22:00", "06:00"]]) },
  { weight: 4, arbitrary: fc.array(fc.tuple(wallTime, endTime), { maxLength: 3 }) },
);

/** A calendar that is likely to have something unusual in the week from an instant, in epoch milliseconds. */
export function arbitraryCalendar(zone: fc.Arbitrary<string>, fromMs: number): fc.Arbitrary<Calendar> {
  const date = fc.integer({ min: -2, max: 9 }).map((days) => dateOf(fromMs + days * DAY_MS));
  const holiday: fc.Arbitrary<Holiday> = fc.record(
    {
      on: date,
      name: fc.constant("Holiday"),
      hours: arbitraryHours,
      source: fc.constant({ kind: "hand" as const }),
    },
    { requiredKeys: ["on", "name", "source"] },
  );
  const day = fc.option(arbitraryHours, { nil: [], freq: 4 });
  const byDate = (a: { on: string }, b: { on: string }) => a.on === b.on;

  return fc.record(
    {
      id: fc.constant("random"),
      version: fc.constant(1),
      name: fc.constant("Random"),
      zone,
      week: fc.record({ "1": day, "2": day, "3": day, "4": day, "5": day, "6": day, "7": day }),
      holidays: fc.uniqueArray(holiday, { maxLength: 3, comparator: byDate }),
      extraOpenings: fc.uniqueArray(fc.record({ on: date, hours: arbitraryHours }), {
        maxLength: 2,
        comparator: byDate,
      }),
      validFrom: fc.integer({ min: -9, max: 3 }).map((days) => dateOf(fromMs + days * DAY_MS)),
      validUntil: fc.integer({ min: 3, max: 12 }).map((days) => dateOf(fromMs + days * DAY_MS)),
    },
    { requiredKeys: ["id", "version", "name", "zone", "week", "holidays"] },
  );
}

function dateOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
