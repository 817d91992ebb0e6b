import {
  ASK_LIMITS,
  CALENDAR_LIMITS,
  Calendar,
  CalendarId,
  Code,
  DAY_MS,
  Instant,
  LocalDate,
  Reason,
  Zone,
} from "@ithaca/domain";
import * as z from "zod/mini";
import { ExplainedSpan, SPANS_MAX } from "./clock-explanation.ts";

/** The most calendars, versions and teams that one answer lists. */
const LISTED_MAX = 500;

/** A whole number in a query. */
function digits(max: number) {
  return z.codec(
    z.string().check(z.regex(/^[0-9]{1,9}$/, `a whole number from 1 to ${max}`)),
    z.int().check(z.gte(1), z.lte(max)),
    { decode: Number, encode: String },
  );
}

const VERSION_MAX = 999_999_999;
/** Which version of the calendar; the one in force when it is left out. */
const version = z.optional(digits(VERSION_MAX));

/** Minutes of open time in a query; a fraction is as fine as a millisecond. Less than nothing counts back. */
const Minutes = z.codec(
  z.string().check(z.regex(/^-?[0-9]{1,8}(\.[0-9]{1,6})?$/, "a number of minutes, such as 120 or 0.5")),
  z.number().check(z.gte(-ASK_LIMITS.addedMinutes), z.lte(ASK_LIMITS.addedMinutes)),
  { decode: Number, encode: String },
);

export const CalendarParams = z.object({ id: CalendarId });
export const CalendarQuery = z.strictObject({ version });

/** From one instant to another, which is later but not by more than so many days. */
function rangeCheck<From extends string, Until extends string>(from: From, until: Until, daysMax: number) {
  return z.refine<Record<From | Until, Instant>>(
    (range) => range[until] >= range[from] && range[until] - range[from] <= daysMax * DAY_MS,
    { path: [until], error: `must be at or after ${from}, by ${daysMax} days at most` },
  );
}

/** Openings in [from, until). */
export const OpeningsQuery = z
  .strictObject({ from: Instant, until: Instant, version })
  .check(rangeCheck("from", "until", ASK_LIMITS.listedDays));

/** The opening at or after an instant; now when it is left out. */
export const NextOpeningQuery = z.strictObject({ at: z.optional(Instant), version });

/** The instant at which so many minutes of open time have elapsed. */
export const AddOpenTimeQuery = z.strictObject({ start: Instant, minutes: Minutes, version });

/** The open time in [start, end); negative when the end comes first. */
export const OpenTimeBetweenQuery = z.strictObject({ start: Instant, end: Instant, version }).check(
  z.refine(({ start, end }) => Math.abs(end - start) <= ASK_LIMITS.measuredDays * DAY_MS, {
    path: ["end"],
    error: `must be within ${ASK_LIMITS.measuredDays} days of start`,
  }),
);

/** What a clock does from an instant on: until so many minutes have elapsed, or until another instant. */
export const ExplainOpenTimeQuery = z
  .strictObject({ start: Instant, minutes: z.optional(Minutes), end: z.optional(Instant), version })
  .check(
    z.refine(({ minutes, end }) => (minutes === undefined) !== (end === undefined), {
      path: ["minutes"],
      error: "must be given or else end, one of them",
    }),
    z.refine(({ minutes }) => minutes === undefined || minutes >= 0, {
      path: ["minutes"],
      error: "must be at least 0: what is explained begins at start",
    }),
    z.refine(({ start, end }) => end === undefined || (end >= start && end - start <= ASK_LIMITS.listedDays * DAY_MS), {
      path: ["end"],
      error: `must be at or after start, by ${ASK_LIMITS.listedDays} days at most`,
    }),
  );

/** Who covers the months from an instant on; from now when it is left out. */
export const CoverageQuery = z.strictObject({
  from: z.optional(Instant),
  months: z._default(digits(ASK_LIMITS.coverageMonths), ASK_LIMITS.coverageMonths),
});

/** Which version of a calendar an answer was reckoned with. */
const reckonedWith = { id: CalendarId, version: z.int(), zone: Zone };
const lengthMs = z.int().check(z.gte(0));

const whenOpen = {
  isOpen: z.boolean(),
  /** The opening: the instant itself while open. Absent when there is none. */
  opensAt: z.optional(Instant),
  /** The closing that ends it. Absent for hours that do not close within ten years. */
  closesAt: z.optional(Instant),
};

/** The calendars in force. */
export const CalendarList = z.object({
  at: Instant,
  items: z
    .array(
      z.object({
        ...z.pick(Calendar, { id: true, version: true, name: true, zone: true }).shape,
        /** The teams that work by it. */
        teams: z.array(Code),
        ...whenOpen,
      }),
    )
    .check(z.maxLength(LISTED_MAX)),
});

/** One version of a calendar, and which versions there are. */
export const CalendarWhole = z.object({
  calendar: Calendar,
  /** The version in force. */
  inForce: z.int(),
  /** Made by somebody, newest first; version 1 of a calendar that ships is not among them. */
  versions: z
    .array(z.object({ version: z.int(), inForceFrom: Instant, at: Instant, by: z.string(), reason: Reason }))
    .check(z.maxLength(LISTED_MAX)),
});

const OPENINGS_MAX = ASK_LIMITS.listedDays * CALENDAR_LIMITS.intervalsADay;

export const Openings = z.object({
  ...reckonedWith,
  from: Instant,
  until: Instant,
  /** Cut to the range. Those that touch are one. */
  openings: z.array(z.object({ opensAt: Instant, closesAt: Instant })).check(z.maxLength(OPENINGS_MAX)),
  openMs: lengthMs,
});

export const NextOpening = z.object({ ...reckonedWith, at: Instant, ...whenOpen });

export const AddedOpenTime = z.object({ ...reckonedWith, start: Instant, minutes: z.number(), due: Instant });

export const OpenTimeBetween = z.object({
  ...reckonedWith,
  start: Instant,
  end: Instant,
  minutes: z.number(),
  openMs: z.int(),
});

/** The lengths of the spans add up to `end` minus `start`, those that count to `openMs`. */
export const OpenTimeExplanation = z.object({
  ...reckonedWith,
  start: Instant,
  end: Instant,
  openMs: lengthMs,
  /** The holidays that were skipped, in order. */
  holidays: z.array(z.string()),
  spans: z.array(ExplainedSpan).check(z.maxLength(SPANS_MAX)),
});

const GAPS_MAX = ASK_LIMITS.coverageMonths * 31 * CALENDAR_LIMITS.intervalsADay;

/** When nobody is there, and what clock changes do to the hours that teams share. */
export const CoverageReport = z.object({
  from: Instant,
  until: Instant,
  teams: z
    .array(z.object({ team: Code, calendar: CalendarId, version: z.int(), zone: Zone }))
    .check(z.maxLength(LISTED_MAX)),
  uncoveredMs: lengthMs,
  /** The time in which all of the teams are open. */
  overlapMs: lengthMs,
  gaps: z
    .array(
      z.object({
        from: Instant,
        until: Instant,
        lengthMs,
        holidays: z.array(z.object({ team: Code, name: z.string() })),
      }),
    )
    .check(z.maxLength(GAPS_MAX)),
  /** Clock changes that alter how much the teams share, or how much nobody covers, in a week without holidays. */
  overlapChanges: z
    .array(
      z.object({
        at: Instant,
        zones: z.array(z.object({ zone: Zone, on: LocalDate, shiftMs: z.int() })),
        overlapBeforeMs: lengthMs,
        overlapAfterMs: lengthMs,
        uncoveredBeforeMs: lengthMs,
        uncoveredAfterMs: lengthMs,
      }),
    )
    .check(z.maxLength(LISTED_MAX)),
});

/** The years that a picture can be drawn of. */
export const DRAWN_YEAR = { from: 2000, to: 2198 } as const;

/** A part of the path of a published calendar: its id, as a page, a feed (.ics) or data (.json). */
export const PublishedCalendarParams = z.object({
  page: z
    .string()
    .check(
      z.maxLength(CALENDAR_LIMITS.idLength + 5),
      z.regex(/^[a-z0-9]+(-[a-z0-9]+)*(\.ics|\.json)?$/, "the id of a calendar, with .ics, .json or nothing after it"),
    ),
});

/** Which year is drawn; the present one when it is left out. */
export const CoveragePictureQuery = z.strictObject({
  year: z.optional(
    z.codec(
      z.string().check(z.regex(/^[0-9]{4}$/, `a year from ${DRAWN_YEAR.from} to ${DRAWN_YEAR.to}`)),
      z.int().check(z.gte(DRAWN_YEAR.from), z.lte(DRAWN_YEAR.to)),
      { decode: Number, encode: String },
    ),
  ),
});
