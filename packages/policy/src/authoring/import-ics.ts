import {
  CALENDAR_LIMITS,
  type DayHours,
  dateOfDay,
  dayNumber,
  type Holiday,
  isZone,
  MINUTES_A_DAY,
  NAME_MAX_LENGTH,
  type WeekHours,
  weekdayHours,
  weekdayOfDay,
  withoutMinutes,
  type ZoneClock,
  zoneClock,
} from "@ithaca/domain";
import { type EventInstance, expandRecurringEvent, sync, type VEvent } from "node-ical";
import { checkIcs, type IcsProblem } from "./ics-structure.ts";
import type { YearRange } from "./resolve-holidays.ts";

/** How an iCalendar file is read. */
export type IcsReading = {
  /** The zone of the calendar that it is for: what an event of another zone takes of its days. */
  readonly zone: string;
  /** Events and repetitions outside of these years are left out. */
  readonly years: YearRange;
  /** The hours that are left on a date of which an event takes only a part. Without them such a date is closed. */
  readonly week?: WeekHours;
  /** What the file is called, for whoever looks a holiday up. */
  readonly file?: string;
};

/** The holidays of a file, or everything that is wrong with it: a faulty file gives none. */
export type ImportedIcs =
  | { readonly kind: "imported"; readonly holidays: readonly Holiday[] }
  | { readonly kind: "refused"; readonly problems: readonly IcsProblem[] };

/** A part of one date that an event takes, in minutes since midnight by the wall. */
type TakenTime = { readonly day: number; readonly from: number; readonly until: number };
type NamedTime = TakenTime & { readonly name: string; readonly uid: string | undefined };

const MINUTE_MS = 60_000;
/** Several events may take the same date: ten for each that a calendar can hold. */
const DAYS_TAKEN_MAX = 10 * CALENDAR_LIMITS.holidays;

/**
 * Reads the events of an iCalendar file (RFC 5545) as holidays: all-day and timed ones, those of several days, repeated
 * ones with their exceptions, in any zone. Cancelled events are left out. Times without a zone are wall-clock times of
 * the calendar.
 */
export function importIcs(written: string, reading: IcsReading): ImportedIcs {
  // Some programs put a byte order mark before a file.
  const text = written.replace(/^\uFEFF/, "");
  const { problems, lineOf } = checkIcs(text);
  if (problems.length > 0) return { kind: "refused", problems };

  const events = eventsOf(text);
  if (typeof events === "string") {
    return { kind: "refused", problems: [{ line: 1, field: "VCALENDAR", problem: events }] };
  }
  const clock = zoneClock(reading.zone);
  const taken: NamedTime[] = [];
  for (const event of events) {
    const { parts, fault } = takenBy(event, reading, clock);
    if (fault !== undefined) {
      const { field, problem, replacement } = fault;
      return { kind: "refused", problems: [{ line: lineOf(event.uid, field, replacement), field, problem }] };
    }
    taken.push(...parts);
    if (taken.length > DAYS_TAKEN_MAX) {
      const problem = `the events of the file take more than ${DAYS_TAKEN_MAX} days of these years`;
      return { kind: "refused", problems: [{ line: lineOf(event.uid, "VEVENT"), field: "VEVENT", problem }] };
    }
  }
  const holidays = [...groupByDay(taken)].map(([day, parts]) => holidayOf(day, parts, reading));
  if (holidays.length > CALENDAR_LIMITS.holidays) {
    const problem = `the file has ${holidays.length} holidays in these years; a calendar holds ${CALENDAR_LIMITS.holidays}`;
    return { kind: "refused", problems: [{ line: 1, field: "VEVENT", problem }] };
  }
  return { kind: "imported", holidays: holidays.sort((a, b) => a.on.localeCompare(b.on)) };
}

function eventsOf(text: string): VEvent[] | string {
  try {
    return Object.values(sync.parseICS(text)).filter(
      (component): component is VEvent => component?.type === "VEVENT" && component.status !== "CANCELLED",
    );
  } catch (error) {
    return `the file cannot be read: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What keeps an event from being read, and which of its properties says so, or of those that replace a repetition of it. */
type EventFault = { readonly field: string; readonly problem: string; readonly replacement?: number };
type TakenByEvent = { readonly parts: readonly NamedTime[]; readonly fault?: EventFault };

function takenBy(event: VEvent, { years }: IcsReading, clock: ZoneClock): TakenByEvent {
  const fault = timeFault(event) ?? replacementFault(event);
  if (fault !== undefined) return { parts: [], fault };

  const range = { from: new Date(Date.UTC(years.from - 1, 11, 1)), to: new Date(Date.UTC(years.to + 1, 0, 31)) };
  let instances: EventInstance[];
  try {
    instances = expandRecurringEvent(event, { ...range, expandOngoing: true });
  } catch (error) {
    return { parts: [], fault: { field: "RRULE", problem: `the rule cannot be followed: ${messageOf(error)}` } };
  }
  const days = { first: dayNumber(`${years.from}-01-01`), last: dayNumber(`${years.to}-12-31`) };
  const parts: NamedTime[] = [];
  for (const instance of instances) {
    if (instance.event.status === "CANCELLED") continue;
    for (const part of daysOf(instance, clock, days)) {
      parts.push({ ...part, name: nameOf(instance), uid: event.uid });
    }
    if (parts.length > DAYS_TAKEN_MAX) break;
  }
  return { parts };
}

/** The parser's types promise a start, and it leaves out one that it cannot read. It takes any word for a zone. */
function timeFault({ start, end, datetype }: Partial<VEvent>): EventFault | undefined {
  if (start === undefined) return { field: "DTSTART", problem: "the start cannot be read" };

  const unknown = (zone: string | undefined) => datetype === "date-time" && zone !== undefined && !isZone(zone);
  if (unknown(start.tz)) return { field: "DTSTART", problem: `nobody knows the zone ${start.tz}` };
  if (unknown(end?.tz)) return { field: "DTEND", problem: `nobody knows the zone ${end?.tz}` };
  if (end !== undefined && end < start) return { field: "DTEND", problem: "the event ends before it starts" };
  return undefined;
}

function replacementFault({ recurrences = {} }: VEvent): EventFault | undefined {
  // The parser has those of a time twice, by their date and by their instant.
  const faults = Array.from(new Set(Object.values(recurrences)), timeFault);
  const replacement = faults.findIndex((found) => found !== undefined);
  const fault = faults[replacement];
  return fault && { ...fault, replacement };
}

/** Whole days are made at midnight of the machine's zone, as are times without a zone: there its clock is the wall. */
function daysOf(
  { start, end, isFullDay }: EventInstance,
  clock: ZoneClock,
  { first, last }: { readonly first: number; readonly last: number },
): TakenTime[] {
  const isOnTheWall = isFullDay || start.tz === undefined;
  const wall = isOnTheWall ? machineWall : (moment: Date) => zoneWall(clock, moment);
  const from = wall(start);
  const until = wall(end);
  const days: TakenTime[] = [];
  for (let day = Math.max(from.day, first); day <= Math.min(until.day, last); day += 1) {
    const part = {
      day,
      from: day === from.day ? from.minute : 0,
      until: day === until.day ? until.minute : MINUTES_A_DAY,
    };
    if (part.from < part.until) days.push(part);
  }
  return days;
}

function machineWall(moment: Date): { day: number; minute: number } {
  const midnight = Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return {
    day: midnight / (MINUTES_A_DAY * MINUTE_MS),
    minute: moment.getHours() * 60 + moment.getMinutes(),
  };
}

function zoneWall(clock: ZoneClock, moment: Date): { day: number; minute: number } {
  const wallMinute = Math.floor((moment.getTime() + clock.offsetMs(moment.getTime())) / MINUTE_MS);
  const day = Math.floor(wallMinute / MINUTES_A_DAY);
  return { day, minute: wallMinute - day * MINUTES_A_DAY };
}

function nameOf({ summary }: EventInstance): string {
  const text = typeof summary === "string" ? summary : summary?.val;
  const line = String(text ?? "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, NAME_MAX_LENGTH);
  return line === "" ? "Closed" : line;
}

function groupByDay(taken: readonly NamedTime[]): Map<number, NamedTime[]> {
  const byDay = new Map<number, NamedTime[]>();
  for (const part of taken) {
    byDay.set(part.day, [...(byDay.get(part.day) ?? []), part]);
  }
  return byDay;
}

function holidayOf(day: number, parts: readonly NamedTime[], { week, file }: IcsReading): Holiday {
  const isWhole = parts.some(({ from, until }) => from === 0 && until === MINUTES_A_DAY);
  const hours = isWhole || week === undefined ? undefined : hoursLeft(weekdayHours(week, weekdayOfDay(day)), parts);
  const [first] = parts;
  return {
    on: dateOfDay(day),
    name: [...new Set(parts.map(({ name }) => name))].join(" and ").slice(0, NAME_MAX_LENGTH),
    ...(hours !== undefined && { hours }),
    source: {
      kind: "ics",
      ...(file !== undefined && { file: file.slice(0, CALENDAR_LIMITS.sourceLength) }),
      ...(first?.uid !== undefined && { uid: first.uid.slice(0, CALENDAR_LIMITS.sourceLength) }),
    },
  };
}

function hoursLeft(hours: DayHours, parts: readonly TakenTime[]): DayHours {
  return parts.reduce<DayHours>((left, { from, until }) => withoutMinutes(left, from, until), hours);
}
