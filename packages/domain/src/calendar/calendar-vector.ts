import * as z from "zod/mini";
import { Instant } from "../time/instant.ts";
import { CALENDAR_LIMITS, type Calendar, DayHours, WeekHours } from "./calendar.ts";
import { LocalDate } from "./local-date.ts";

/** The hours of a vector: as a calendar has them, with nothing but what reckoning needs. */
export const VectorCalendar = z.object({
  tz: z.string().check(z.minLength(1), z.maxLength(CALENDAR_LIMITS.sourceLength)),
  week: WeekHours,
  holidays: z.optional(z.array(LocalDate).check(z.maxLength(CALENDAR_LIMITS.holidays))),
  /** Hours of single dates, in place of the week's and of a holiday's. */
  overrides: z.optional(z.record(LocalDate, DayHours)),
});
export type VectorCalendar = z.infer<typeof VectorCalendar>;

const common = {
  id: z.union([z.string(), z.number()]),
  calendar: VectorCalendar,
  start: Instant,
};

/**
 * One line of the open vector format, by which any two engines can be compared: a question about a calendar and its
 * answer. `add`: so many open minutes after `start` it is `due`. `diff`: from `start` to `end` there are so many.
 */
export const CalendarVector = z.discriminatedUnion("op", [
  z.object({ ...common, op: z.literal("add"), minutes: z.number().check(z.gte(0)), due: Instant }),
  z.object({ ...common, op: z.literal("diff"), end: Instant, minutes: z.number() }),
]);
export type CalendarVector = z.infer<typeof CalendarVector>;

/** The calendar of a vector in the shape that the engine takes. */
export function calendarOfVector({ tz, week, holidays, overrides }: VectorCalendar): Calendar {
  return {
    id: "vector",
    version: 1,
    name: "Vector",
    zone: tz,
    week,
    holidays: (holidays ?? []).map((on) => ({ on, name: "Holiday", source: { kind: "hand" } })),
    extraOpenings: Object.entries(overrides ?? {}).map(([on, hours]) => ({ on, hours })),
  };
}
