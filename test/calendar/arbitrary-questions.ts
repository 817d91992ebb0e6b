import type { Calendar } from "@ithaca/domain";
import fc from "fast-check";
import { arbitraryCalendar, ZONES } from "./arbitrary-calendar.ts";
import type { Question } from "./compare-with-oracle.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const LATEST_MS = Date.UTC(2040, 11, 20);
const WEEK_DAYS = 8;
const YEAR_DAYS = 380;

/** A calendar, a window of time, and what is asked about it. */
export type Examination = {
  readonly calendar: Calendar;
  readonly window: { readonly fromMs: number; readonly untilMs: number };
  readonly questions: readonly Question[];
};

/** Questions about some week from 2015 to 2040. */
export function arbitraryWeek(questions: number): fc.Arbitrary<Examination> {
  return arbitraryExamination(WEEK_DAYS, questions);
}

/** Questions about a little more than a year. */
export function arbitraryYear(questions: number): fc.Arbitrary<Examination> {
  return arbitraryExamination(YEAR_DAYS, questions);
}

/** Questions about the days around one moment in one zone, such as a clock change. */
export function arbitraryAround(zone: string, momentMs: number, questions: number): fc.Arbitrary<Examination> {
  const fromMs = Math.floor(momentMs / DAY_MS) * DAY_MS - 2 * DAY_MS;
  return examinationOf(fc.constant(zone), fromMs, 5, questions);
}

function arbitraryExamination(days: number, questions: number): fc.Arbitrary<Examination> {
  return fc
    .integer({ min: EARLIEST_MS / DAY_MS, max: LATEST_MS / DAY_MS - days })
    .chain((day) => examinationOf(fc.constantFrom(...ZONES), day * DAY_MS, days, questions));
}

function examinationOf(
  zone: fc.Arbitrary<string>,
  fromMs: number,
  days: number,
  count: number,
): fc.Arbitrary<Examination> {
  const untilMs = fromMs + days * DAY_MS;
  return fc.record({
    calendar: arbitraryCalendar(zone, fromMs),
    window: fc.constant({ fromMs, untilMs }),
    questions: fc.array(arbitraryQuestion(days), { minLength: count, maxLength: count }),
  });
}

/** Mostly whole quarters of an hour, on which openings and closings lie; sometimes any millisecond. */
function arbitraryQuestion(days: number): fc.Arbitrary<Question> {
  const moment = (maxMs: number) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0, max: maxMs / MINUTE_MS / 15 }).map((n) => n * 15 * MINUTE_MS) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: maxMs }) },
    );
  const halfMs = (days * DAY_MS) / 2;
  return fc.record({
    afterMs: moment(halfMs),
    lengthMs: fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: moment(12 * HOUR_MS) },
      { weight: 3, arbitrary: moment(halfMs) },
    ),
  });
}
