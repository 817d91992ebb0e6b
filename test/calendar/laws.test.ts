import {
  addOpenTime,
  alwaysOpen,
  type Calendar,
  compileCalendar,
  explainOpenTime,
  HorizonReached,
  type Instant,
  intersection,
  isOpen,
  minus,
  neverOpen,
  type OpenHours,
  openDuring,
  openTimeBetween,
  override,
  subtractOpenTime,
  summarizeOpenTime,
  union,
} from "@ithaca/domain";
import { recountExplanation } from "@ithaca/policy/recount";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryCalendar, ZONES } from "./arbitrary-calendar.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FROM_MS = Date.UTC(2024, 0, 1);
const WINDOW_DAYS = 8;
const RUNS = 250;

const fromDay = fc.integer({ min: 0, max: 366 }).map((days) => FROM_MS + days * DAY_MS);
const situation = fromDay.chain((fromMs) => {
  const calendar = arbitraryCalendar(fc.constantFrom(...ZONES), fromMs);
  const moment = fc.integer({ min: 0, max: WINDOW_DAYS * DAY_MS }).map((ms) => (fromMs + ms) as Instant);
  return fc.record({
    calendars: fc.tuple(calendar, calendar, calendar),
    moments: fc.tuple(moment, moment, moment).map((three) => three.sort((x, y) => x - y)),
    length: fc.integer({ min: 1, max: 3 * 1_440 }).map((minutes) => minutes * MINUTE_MS),
  });
});

/** Three calendars, three moments in order, and a length of open time in milliseconds. */
type Situation = {
  /** What the first hours are compiled from. */
  readonly calendar: Calendar;
  readonly a: OpenHours;
  readonly b: OpenHours;
  readonly c: OpenHours;
  readonly first: Instant;
  readonly middle: Instant;
  readonly last: Instant;
  readonly length: number;
};

function law(name: string, holds: (situation: Situation) => void) {
  test(name, () => {
    let applied = 0;
    fc.assert(
      fc.property(situation, ({ calendars, moments, length }) => {
        const [a, b, c] = [calendars[0], calendars[1], calendars[2]].map(compileCalendar);
        const [first, middle, last] = moments;
        if (!a || !b || !c || !first || !middle || !last) throw new Error("three calendars and moments");
        try {
          holds({ calendar: calendars[0], a, b, c, first, middle, last, length });
          applied += 1;
        } catch (error) {
          // Hours that do not open again have no answer; that is another law.
          if (!(error instanceof HorizonReached)) throw error;
        }
      }),
      { numRuns: RUNS },
    );
    expect(applied).toBeGreaterThan(RUNS / 4);
  });
}

/** Both are open at the same times of the window. */
function expectSame(a: OpenHours, b: OpenHours, { first, last }: { first: Instant; last: Instant }) {
  expect(openTimeBetween(a, first, last)).toBe(openTimeBetween(b, first, last));
  const difference = union(minus(a, b), minus(b, a));
  expect(openTimeBetween(difference, first, last)).toBe(0);
}

describe("adding, subtracting and measuring open time", () => {
  law("what is added lies between", ({ a, first, length }) => {
    expect(openTimeBetween(a, first, addOpenTime(a, first, length))).toBe(length);
  });
  law("what is subtracted lies between", ({ a, first, length }) => {
    expect(openTimeBetween(a, subtractOpenTime(a, first, length), first)).toBe(length);
  });
  law("subtracting undoes adding for whoever starts while open", ({ a, first, length }) => {
    fc.pre(isOpen(a, first));
    expect(subtractOpenTime(a, addOpenTime(a, first, length), length)).toBe(first);
  });
  law("adding twice is adding the sum", ({ a, first, length }) => {
    const half = length / 2;
    expect(addOpenTime(a, addOpenTime(a, first, half), half)).toBe(addOpenTime(a, first, length));
  });
  law("a later start is never due earlier", ({ a, first, middle, length }) => {
    expect(addOpenTime(a, first, length)).toBeLessThanOrEqual(addOpenTime(a, middle, length));
  });
  law("open time of parts adds up", ({ a, first, middle, last }) => {
    expect(openTimeBetween(a, first, middle) + openTimeBetween(a, middle, last)).toBe(openTimeBetween(a, first, last));
    expect(openTimeBetween(a, last, first)).toBe(0 - openTimeBetween(a, first, last));
  });
});

describe("combining open hours", () => {
  law("union and intersection do not care for order", ({ a, b, first, last }) => {
    expectSame(union(a, b), union(b, a), { first, last });
    expectSame(intersection(a, b), intersection(b, a), { first, last });
  });
  law("union and intersection do not care for grouping", ({ a, b, c, first, last }) => {
    expectSame(union(union(a, b), c), union(a, union(b, c)), { first, last });
    expectSame(intersection(intersection(a, b), c), intersection(a, intersection(b, c)), { first, last });
  });
  law("intersection distributes over union", ({ a, b, c, first, last }) => {
    expectSame(intersection(a, union(b, c)), union(intersection(a, b), intersection(a, c)), { first, last });
  });
  law("what both have is counted once", ({ a, b, first, last }) => {
    expect(openTimeBetween(union(a, b), first, last) + openTimeBetween(intersection(a, b), first, last)).toBe(
      openTimeBetween(a, first, last) + openTimeBetween(b, first, last),
    );
  });
  law("taking away leaves what is not in common", ({ a, b, first, last }) => {
    expectSame(minus(a, b), minus(a, intersection(a, b)), { first, last });
    expectSame(union(minus(a, b), intersection(a, b)), a, { first, last });
  });
  law("always and never are neutral", ({ a, first, last }) => {
    expectSame(union(a, neverOpen), a, { first, last });
    expectSame(intersection(a, alwaysOpen), a, { first, last });
    expectSame(minus(alwaysOpen, minus(alwaysOpen, a)), a, { first, last });
  });
  law("an override holds from its instant on, and what was before stays", ({ a, b, first, middle, last }) => {
    const changed = override(a, b, openDuring(middle));
    expectSame(changed, a, { first, last: middle });
    expectSame(changed, b, { first: middle, last });
  });
});

describe("explaining open time", () => {
  law("spans touch, add up to the whole, and count what is open", ({ calendar, a, first, last }) => {
    const spans = explainOpenTime(a, first, last);
    const counted = spans.filter(({ kind }) => kind === "counted");
    expect(spans.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBe(last - first);
    expect(counted.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBe(openTimeBetween(a, first, last));
    expect(spans.map(({ from }) => from)).toEqual([first, ...spans.map(({ until }) => until)].slice(0, spans.length));
    expect(spans.filter(({ kind, from, until }) => kind !== "clock-change" && until <= from)).toEqual([]);
    expect(recountExplanation(calendar, first, last, spans).faults).toEqual([]);
    const { countedMs, skippedMs } = summarizeOpenTime(spans);
    expect(countedMs + skippedMs).toBe(last - first);
  });
});
