import {
  type DayHours,
  dateOfDay,
  dayNumber,
  type Holiday,
  MINUTES_A_DAY,
  type WeekHours,
  weekdayHours,
  weekdayOfDay,
  withoutMinutes,
} from "@ithaca/domain";
import Holidays, { type HolidaysTypes } from "date-holidays";

/** A place whose holidays date-holidays knows, and which of them a team keeps. */
export type HolidayPlace = {
  /** ISO 3166-1, "US". */
  readonly country: string;
  /** ISO 3166-2 without the country, "NSW". */
  readonly state?: string;
  readonly region?: string;
  /** Which kinds are kept; public ones when nothing is said. A bank's holiday is no vendor's. */
  readonly types?: readonly HolidaysTypes.HolidayType[];
  /** The language of the names, ISO 639-1; the country's own when nothing is said. */
  readonly language?: string;
  /** The hours that are left on a date of which only a part is a holiday. Without them such a date is closed. */
  readonly week?: WeekHours;
};

/** The first and the last year, both included. */
export type YearRange = { readonly from: number; readonly to: number };

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/**
 * The holidays of a place as dates, substitutes included, in order. Two that fall on one date are one entry with both
 * names. Throws a RangeError when date-holidays does not know the place.
 */
export function resolveHolidays(place: HolidayPlace, years: YearRange): Holiday[] {
  const found = holidaysOf(place);
  const byDate = new Map<string, Holiday>();
  for (let year = years.from; year <= years.to; year += 1) {
    for (const holiday of found.getHolidays(year)) {
      for (const entry of entriesOf(holiday, place)) {
        const known = byDate.get(entry.on);
        byDate.set(entry.on, known === undefined ? entry : both(known, entry));
      }
    }
  }
  return [...byDate.values()].sort((a, b) => a.on.localeCompare(b.on));
}

function holidaysOf({ country, state, region, types, language }: HolidayPlace): Holidays {
  const found = new Holidays(
    {
      country,
      ...(state !== undefined && { state }),
      ...(region !== undefined && { region }),
    },
    {
      types: [...(types ?? ["public"])],
      ...(language !== undefined && { languages: language }),
    },
  );
  const isKnown =
    found.getCountries()[country] !== undefined &&
    (state === undefined || found.getStates(country)?.[state] !== undefined) &&
    (region === undefined || (state !== undefined && found.getRegions(country, state)?.[region] !== undefined));
  if (!isKnown) {
    throw new RangeError(`no holidays are known for ${[country, state, region].filter(Boolean).join("-")}`);
  }
  return found;
}

/** A holiday may take several dates, and of the first and the last only a part. */
function entriesOf(holiday: HolidaysTypes.Holiday, place: HolidayPlace): Holiday[] {
  const startHour = Number(holiday.date.slice(11, 13));
  const length = wholeDays((holiday.end.getTime() - holiday.start.getTime()) / HOUR_MS);
  const firstDay = dayNumber(holiday.date.slice(0, 10));
  const entries: Holiday[] = [];
  for (let day = firstDay; startHour + length > (day - firstDay) * HOURS_A_DAY; day += 1) {
    const passed = (day - firstDay) * HOURS_A_DAY;
    const closedFrom = Math.max(0, startHour - passed) * 60;
    const closedUntil = Math.min(HOURS_A_DAY, startHour + length - passed) * 60;
    const hours = hoursLeft(place.week, day, closedFrom, closedUntil);
    entries.push({
      on: dateOfDay(day),
      name: holiday.name,
      ...(hours !== undefined && { hours }),
      source: {
        kind: "date-holidays",
        country: place.country,
        ...(place.state !== undefined && { state: place.state }),
        rule: holiday.rule,
      },
    });
  }
  return entries;
}

/** A date on which the clocks change is an hour shorter or longer, and a whole day all the same. */
function wholeDays(hours: number): number {
  const days = Math.max(1, Math.round(hours / HOURS_A_DAY));
  return Math.abs(hours - days * HOURS_A_DAY) <= 1 ? days * HOURS_A_DAY : hours;
}

function hoursLeft(
  week: WeekHours | undefined,
  day: number,
  closedFrom: number,
  closedUntil: number,
): DayHours | undefined {
  if (week === undefined || (closedFrom === 0 && closedUntil === MINUTES_A_DAY)) {
    return undefined;
  }
  return withoutMinutes(weekdayHours(week, weekdayOfDay(day)), closedFrom, closedUntil);
}

function both(a: Holiday, b: Holiday): Holiday {
  return a.name === b.name ? a : { ...a, name: `${a.name} and ${b.name}` };
}
