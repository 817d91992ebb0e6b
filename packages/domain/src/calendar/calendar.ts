import * as z from "zod/mini";
import { NAME_MAX_LENGTH, Name } from "../text/limits.ts";
import { LocalDate } from "./local-date.ts";
import { OpeningInterval } from "./opening-interval.ts";

/** What a calendar may hold at most. */
export const CALENDAR_LIMITS = {
  idLength: 64,
  intervalsADay: 12,
  holidays: 2_000,
  extraOpenings: 1_000,
  sourceLength: 500,
} as const;

/** Names a calendar in policies, addresses and files: "main-hours". */
export const CalendarId = z
  .string()
  .check(
    z.maxLength(CALENDAR_LIMITS.idLength),
    z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a calendar id is lower-case words joined by "-"'),
  );
export type CalendarId = z.infer<typeof CalendarId>;

const SourceText = z.string().check(z.maxLength(CALENDAR_LIMITS.sourceLength));

/** The hours of one day. */
export const DayHours = z.array(OpeningInterval).check(z.maxLength(CALENDAR_LIMITS.intervalsADay));
export type DayHours = z.infer<typeof DayHours>;

/** Hours by ISO weekday, Monday is "1". A day that is absent is closed. */
export const WeekHours = z.object({
  "1": z.optional(DayHours),
  "2": z.optional(DayHours),
  "3": z.optional(DayHours),
  "4": z.optional(DayHours),
  "5": z.optional(DayHours),
  "6": z.optional(DayHours),
  "7": z.optional(DayHours),
});
export type WeekHours = z.infer<typeof WeekHours>;

/** Where a holiday comes from, so that whoever doubts it can look it up. */
export const HolidaySource = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("date-holidays"),
    country: SourceText,
    state: z.optional(SourceText),
    /** The rule that gave the date, in the notation of date-holidays. */
    rule: z.optional(SourceText),
  }),
  z.object({ kind: z.literal("ics"), file: z.optional(SourceText), uid: z.optional(SourceText) }),
  z.object({ kind: z.literal("hand"), note: z.optional(SourceText) }),
]);
export type HolidaySource = z.infer<typeof HolidaySource>;

/** A local date on which the week's hours do not hold: closed, or open for `hours` of its own (a half day). */
export const Holiday = z.object({
  on: LocalDate,
  name: Name,
  hours: z.optional(DayHours),
  source: HolidaySource,
});
export type Holiday = z.infer<typeof Holiday>;

/** A local date with hours of its own that is no holiday; they take the place of the week's and of a holiday's. */
export const ExtraOpening = z.object({ on: LocalDate, hours: DayHours, name: z.optional(Name) });
export type ExtraOpening = z.infer<typeof ExtraOpening>;

/**
 * When a team works, as it is stored: wall-clock hours in a zone, with holidays resolved to dates. A version never
 * changes; an edit makes another. `validFrom` and `validUntil` are the first and the last date on which it opens.
 */
export const Calendar = z.object({
  id: CalendarId,
  version: z.int().check(z.positive()),
  name: Name,
  /** An IANA zone; `checkCalendar` says whether it is known. */
  zone: z.string().check(z.minLength(1), z.maxLength(NAME_MAX_LENGTH)),
  week: WeekHours,
  holidays: z.array(Holiday).check(z.maxLength(CALENDAR_LIMITS.holidays)),
  extraOpenings: z.optional(z.array(ExtraOpening).check(z.maxLength(CALENDAR_LIMITS.extraOpenings))),
  validFrom: z.optional(LocalDate),
  validUntil: z.optional(LocalDate),
});
export type Calendar = z.infer<typeof Calendar>;
