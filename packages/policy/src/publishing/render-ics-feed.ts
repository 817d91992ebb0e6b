import {
  type Calendar,
  compileCalendar,
  DAY_MS,
  dateOfDay,
  dayNumber,
  HORIZON,
  type Instant,
  instant,
  isOpen,
  type OpenHours,
  type OpenPeriod,
  openPeriodsBetween,
} from "@ithaca/domain";
import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventTransparency } from "ical-generator";

/** What a feed needs beside the calendar. */
export type IcsFeed = {
  readonly calendar: Calendar;
  /** When this version of the calendar was made: the stamp of its events. */
  readonly publishedAt: Instant;
  /** From when on openings are listed; holidays are listed whole. */
  readonly from: Instant;
  /** The host name that makes the ids of the events unique in the world. */
  readonly host: string;
};

/** How far ahead openings are listed. A reader asks again long before they run out. */
export const FEED_DAYS = 400;
const REFRESH_SECONDS = 43_200;

/**
 * The holidays and openings of a team as an iCalendar feed (RFC 5545) for Google, Apple and Outlook: holidays as days,
 * openings as UTC times, so that no reader needs to know the zone. An id stays with its date over all versions, and the
 * version is the sequence, so that a change replaces what a reader has.
 */
export function renderIcsFeed({ calendar, publishedAt, from, host }: IcsFeed): string {
  const feed = ical({
    name: plainName(calendar.name),
    prodId: { company: "ithaca", product: "calendar", language: "EN" },
    // Outlook takes a feed without a method for an invitation.
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  addHolidays(feed, calendar, publishedAt, host);
  addOpenings(feed, calendar, publishedAt, from, host);
  return feed.toString();
}

function addHolidays(feed: ICalCalendar, { id, version, holidays }: Calendar, publishedAt: Instant, host: string) {
  for (const { on, name, hours } of holidays) {
    const open = (hours ?? []).map((interval) => interval.join("–")).join(", ");
    feed.createEvent({
      id: `${id}-holiday-${on}@${host}`,
      sequence: version,
      stamp: new Date(publishedAt),
      start: new Date(`${on}T00:00:00Z`),
      end: new Date(`${dateOfDay(dayNumber(on) + 1)}T00:00:00Z`),
      allDay: true,
      summary: open === "" ? name : `${name} (open ${open})`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
}

function addOpenings(feed: ICalCalendar, calendar: Calendar, publishedAt: Instant, from: Instant, host: string) {
  const hours = compileCalendar(calendar);
  const { clock } = hours.dates;
  const countOfDay = new Map<number, number>();
  for (const { opensAt, closesAt } of wholePeriods(hours, from)) {
    const day = clock.dayHolding(opensAt);
    const number = (countOfDay.get(day) ?? 0) + 1;
    countOfDay.set(day, number);
    feed.createEvent({
      id: `${calendar.id}-open-${dateOfDay(day)}-${number}@${host}`,
      sequence: calendar.version,
      stamp: new Date(publishedAt),
      start: new Date(opensAt),
      end: new Date(closesAt),
      summary: "Open",
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
}

/**
 * The openings from the day before `from` on. One that is cut by the beginning or the end of the time that is looked at
 * is left out: it would be another event each time that the feed is asked for. So hours that never close have none.
 */
function wholePeriods(hours: OpenHours, from: Instant): OpenPeriod[] {
  const { clock } = hours.dates;
  const begin = instant(Math.max(0, clock.atWallTime(clock.dayHolding(from) - 1, 0)));
  const end = instant(Math.min(HORIZON, begin + FEED_DAYS * DAY_MS));
  const wasOpen = begin > 0 && isOpen(hours, instant(begin - 1));
  return [...openPeriodsBetween(hours, begin, end)].filter(
    ({ opensAt, closesAt }) => closesAt < end && (opensAt > begin || !wasOpen),
  );
}

/** The name of a calendar stands in a property in which a reader may take ";" and "," for separators. */
function plainName(name: string): string {
  return name.replace(/[;,\\]/g, " ");
}
