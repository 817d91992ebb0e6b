/**
 * Makes the published vectors: questions about business time, answered by walking minute by minute. The same seed gives
 * the same file: `npm run regenerate:vectors -w @ithaca/test`.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CalendarVector, DayHours, VectorCalendar } from "@ithaca/domain";
import { calendarOfVector } from "@ithaca/domain";
import { clockChanges } from "../calendar/clock-changes.ts";
import { minuteOracle } from "@ithaca/policy/recount";
import { type Randomness, seededRandomness } from "./seeded-randomness.ts";

export const SEED = 20_261_125;
export const SHORT_VECTORS = 5_200;
export const LONG_VECTORS = 200;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORT_DAYS = 10;
const LONG_DAYS = 400;
/** What zones do is known until here; later clock changes may yet be decided otherwise. */
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const LATEST_MS = Date.UTC(2026, 5, 1);

/** A vector as it is written: instants are ISO 8601. */
type WrittenVector = Omit<CalendarVector, "start" | "due" | "end"> & { start: string; due?: string; end?: string };

/** The lines of the published file. */
export function* generateVectors(seed: number, short: number, long: number): Iterable<string> {
  const random = seededRandomness(seed);
  const zones = Intl.supportedValuesOf("timeZone");
  const changes = clockChanges(zones, EARLIEST_MS, LATEST_MS - LONG_DAYS * DAY_MS);
  for (let number = 1; number <= short + long; number += 1) {
    const days = number <= short ? SHORT_DAYS : LONG_DAYS;
    const change = random.chance(0.5) ? random.pick(changes) : undefined;
    const zone = change?.zone ?? random.pick(zones);
    const momentMs = change?.atMs ?? random.integer(EARLIEST_MS, LATEST_MS - LONG_DAYS * DAY_MS);
    const fromMs = Math.floor(momentMs / DAY_MS - random.integer(1, 4)) * DAY_MS;
    yield JSON.stringify(makeVector(random, `v${String(number).padStart(5, "0")}`, zone, fromMs, days));
  }
}

function makeVector(random: Randomness, id: string, zone: string, fromMs: number, days: number): WrittenVector {
  for (;;) {
    const calendar = makeCalendar(random, zone, fromMs);
    const oracle = minuteOracle(calendarOfVector(calendar), fromMs, fromMs + days * DAY_MS);
    const startMs = makeMoment(random, fromMs, Math.ceil(days / 2));
    const start = new Date(startMs).toISOString();
    if (random.chance(0.5)) {
      const endMs = makeMoment(random, startMs, Math.floor(days / 2) - 1);
      const minutes = oracle.between(startMs, endMs) / MINUTE_MS;
      return { id, op: "diff", calendar, start, end: new Date(endMs).toISOString(), minutes };
    }
    const minutes = random.chance(0.05) ? 0 : random.integer(1, random.pick([60, 480, 1_440, days * 300]));
    const dueMs = oracle.add(startMs, minutes * MINUTE_MS);
    // So much open time does not come within the window: another calendar is asked.
    if (dueMs !== undefined) {
      return { id, op: "add", calendar, start, minutes, due: new Date(dueMs).toISOString() };
    }
  }
}

/** A moment within so many days: on a quarter of an hour, on a minute, or now and then on any second. */
function makeMoment(random: Randomness, fromMs: number, days: number): number {
  const grain = random.pick([15 * MINUTE_MS, 15 * MINUTE_MS, MINUTE_MS, 1_000]);
  const wholeMs = Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS;
  return wholeMs + random.integer(0, (days * DAY_MS) / grain) * grain;
}

function makeCalendar(random: Randomness, tz: string, fromMs: number): VectorCalendar {
  const regular = makeHours(random);
  const days = random.pick([
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5, 6, 7],
    [1, 2, 4, 7],
    [7, 1, 2, 3, 4],
  ]);
  const week: Record<string, DayHours> = {};
  for (const day of days) {
    week[String(day)] = random.chance(0.85) ? regular : makeHours(random);
  }
  const holidays = new Set(
    Array.from({ length: random.integer(0, 2) }, () => dateOf(fromMs + random.integer(0, 9) * DAY_MS)),
  );
  const overrides: Record<string, DayHours> = {};
  if (random.chance(0.4)) {
    overrides[dateOf(fromMs + random.integer(0, 9) * DAY_MS)] = makeHours(random);
  }
  return { tz, week, holidays: [...holidays].sort(), ...(Object.keys(overrides).length > 0 && { overrides }) };
}

function makeHours(random: Randomness): DayHours {
  return random.pick<() => DayHours>([
    () => [["08:00", "20:00"]],
    () => [["09:00", "17:00"]],
    () => [
      ["08:00", "12:00"],
      ["13:00", "17:30"],
    ],
    () => [["22:00", "06:00"]],
    () => [["00:00", "24:00"]],
    () => [["18:00", "00:00"]],
    () => [["01:30", "02:30"]],
    () => [
      ["00:00", "02:15"],
      ["02:45", "24:00"],
    ],
    () => [[makeTime(random), makeTime(random)]],
  ])();
}

function makeTime(random: Randomness): string {
  const minutes = random.integer(0, 1_439);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function dateOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = [...generateVectors(SEED, SHORT_VECTORS, LONG_VECTORS)];
  writeFileSync(new URL("business-time.jsonl", import.meta.url), `${lines.join("\n")}\n`);
  console.log(`${lines.length} vectors written`);
}
