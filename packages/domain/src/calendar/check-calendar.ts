import type { Calendar, DayHours, WeekHours } from "./calendar.ts";
import { calendarDates, weekdayHours } from "./calendar-dates.ts";
import { dayNumber, WEEKDAYS, type Weekday } from "./local-date.ts";
import { type IntervalMinutes, intervalMinutes } from "./opening-interval.ts";
import { MINUTES_A_DAY, wallTimeOf } from "./wall-time.ts";
import { isZone } from "./zone-clock.ts";

/** Something that keeps a calendar from being used. */
export type CalendarFault = {
  readonly code:
    | "unknown-zone"
    | "overlapping-hours"
    | "time-out-of-place"
    | "date-twice"
    | "validity-reversed"
    | "never-opens";
  /** A JSON pointer to the field, "/week/1/0". */
  readonly path: string;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
};

/** Everything that is wrong with a calendar whose shape is right; nothing for one that can be used. */
export function checkCalendar(calendar: Calendar): CalendarFault[] {
  return [
    ...zoneFaults(calendar),
    ...WEEKDAYS.flatMap((day) => hoursFaults(weekdayHours(calendar.week, day), `/week/${day}`)),
    ...runOverFaults(calendar.week),
    ...calendar.holidays.flatMap(({ hours }, index) => hoursFaults(hours ?? [], `/holidays/${index}/hours`)),
    ...(calendar.extraOpenings ?? []).flatMap(({ hours }, index) =>
      hoursFaults(hours, `/extraOpenings/${index}/hours`),
    ),
    ...twiceFaults(calendar.holidays, "/holidays"),
    ...twiceFaults(calendar.extraOpenings ?? [], "/extraOpenings"),
    ...validityFaults(calendar),
    ...neverOpensFaults(calendar),
  ];
}

function zoneFaults({ zone }: Calendar): CalendarFault[] {
  if (isZone(zone)) {
    return [];
  }
  return [
    {
      code: "unknown-zone",
      path: "/zone",
      problem: `${zone} is not a zone of the IANA database`,
      remedy: 'name the zone of a place, such as "America/New_York"',
    },
  ];
}

function hoursFaults(hours: DayHours, path: string): CalendarFault[] {
  const misplaced = hours.flatMap(([opens], index) =>
    opens === "24:00"
      ? [
          {
            code: "time-out-of-place",
            path: `${path}/${index}/0`,
            problem: "a day ends at 24:00, so nothing opens then",
            remedy: 'write "00:00" on the next day',
          } as const,
        ]
      : [],
  );
  const spans = hours.map((interval, index) => ({ interval, index, ...intervalMinutes(interval) }));
  const overlapping = spans.flatMap((span) => {
    const other = spans.find((earlier) => earlier.index < span.index && overlaps(earlier, span));
    return other === undefined ? [] : [overlap(`${path}/${span.index}`, other.interval)];
  });
  return [...misplaced, ...overlapping];
}

function overlaps(a: IntervalMinutes, b: IntervalMinutes): boolean {
  return a.opens < b.closes && b.opens < a.closes;
}

function overlap(path: string, [opens, closes]: DayHours[number]): CalendarFault {
  return {
    code: "overlapping-hours",
    path,
    problem: `the interval overlaps ${opens}–${closes}`,
    remedy: "make one interval of the two, or end the first before the second begins",
  };
}

/** A night that runs into the next weekday must have ended before that one's hours begin. */
function runOverFaults(week: WeekHours): CalendarFault[] {
  return WEEKDAYS.flatMap((weekday) => {
    const nights = weekdayHours(week, dayBefore(weekday));
    const latest = Math.max(0, ...nights.map((night) => intervalMinutes(night).closes - MINUTES_A_DAY));
    return weekdayHours(week, weekday).flatMap((interval, index) =>
      intervalMinutes(interval).opens < latest
        ? [
            {
              code: "overlapping-hours",
              path: `/week/${weekday}/${index}`,
              problem: `the hours of the day before run on until ${wallTimeOf(latest)}`,
              remedy: "begin later, or end the night before earlier",
            } as const,
          ]
        : [],
    );
  });
}

function dayBefore(weekday: Weekday): Weekday {
  return weekday === 1 ? 7 : ((weekday - 1) as Weekday);
}

function twiceFaults(entries: readonly { on: string }[], path: string): CalendarFault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ on }, index) => {
    if (!seen.has(on)) {
      seen.add(on);
      return [];
    }
    return [
      {
        code: "date-twice",
        path: `${path}/${index}/on`,
        problem: `${on} is already in the list`,
        remedy: "keep one entry for the date, with both names when it has two",
      } as const,
    ];
  });
}

function validityFaults({ validFrom, validUntil }: Calendar): CalendarFault[] {
  if (validFrom === undefined || validUntil === undefined || validFrom <= validUntil) {
    return [];
  }
  return [
    {
      code: "validity-reversed",
      path: "/validUntil",
      problem: `the last date ${validUntil} comes before the first, ${validFrom}`,
      remedy: "let validUntil be the last date on which the calendar opens",
    },
  ];
}

function neverOpensFaults(calendar: Calendar): CalendarFault[] {
  if (opensOnce(calendar)) {
    return [];
  }
  return [
    {
      code: "never-opens",
      path: "/week",
      problem: "no date has hours, so nothing measured by this calendar could ever be due",
      remedy: 'give at least one day hours, such as "1": [["08:00", "20:00"]]',
    },
  ];
}

/** So many holidays can close so many weeks at most: one week more shows whether the week ever opens. */
function opensOnce(calendar: Calendar): boolean {
  const dates = calendarDates(calendar);
  const special = [...calendar.holidays, ...(calendar.extraOpenings ?? [])].map(({ on }) => dayNumber(on));
  const firstDay = calendar.validFrom === undefined ? 0 : dayNumber(calendar.validFrom);
  const regular = Array.from({ length: WEEKDAYS.length * (special.length + 1) }, (_, index) => firstDay + index);
  return [...special, ...regular].some((day) => dates.on(day).intervals.length > 0);
}
