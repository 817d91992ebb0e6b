const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1_440;

/** How far the wall is ahead of UTC, in minutes, in each minute of a UTC day: one number when it is the same all day. */
type DayOffsets = number | Int16Array;

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, Map<number, DayOffsets>>();

/**
 * What the wall of a zone shows in each minute of a UTC day (days since 1970-01-01): minutes since 1970-01-01 00:00 on
 * the wall, given to `visit` with the epoch minute. It asks Intl about single moments and remembers whole days.
 */
export function visitWallMinutes(zone: string, day: number, visit: (minute: number, shown: number) => void): void {
  const offsets = offsetsOfDay(zone, day);
  const first = day * MINUTES_A_DAY;
  for (let minute = 0; minute < MINUTES_A_DAY; minute += 1) {
    const offset = typeof offsets === "number" ? offsets : (offsets[minute] ?? 0);
    visit(first + minute, first + minute + offset);
  }
}

function offsetsOfDay(zone: string, day: number): DayOffsets {
  const known = days.get(zone) ?? new Map<number, DayOffsets>();
  days.set(zone, known);
  const found = known.get(day) ?? readDay(zone, day);
  known.set(day, found);
  return found;
}

function readDay(zone: string, day: number): DayOffsets {
  const first = day * MINUTES_A_DAY;
  const offsets = new Int16Array(MINUTES_A_DAY);
  const fill = (from: number, until: number) => {
    const offset = minutesAhead(zone, first + from);
    if (until - from === 1 || minutesAhead(zone, first + until) === offset) {
      offsets.fill(offset, from, until);
      return;
    }
    const middle = Math.floor((from + until) / 2);
    fill(from, middle);
    fill(middle, until);
  };
  fill(0, MINUTES_A_DAY);
  return offsets.every((offset) => offset === offsets[0]) ? (offsets[0] ?? 0) : offsets;
}

/** How far the wall is ahead of UTC at an epoch minute, in minutes. */
export function minutesAhead(zone: string, minute: number): number {
  return readOffset(zone, minute * MINUTE_MS);
}

function readOffset(zone: string, epochMs: number): number {
  const format = formats.get(zone) ?? newFormat(zone);
  formats.set(zone, format);
  const shown = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minute] = ["year", "month", "day", "hour", "minute"].map((part) =>
    Number(shown.get(part as Intl.DateTimeFormatPartTypes)),
  );
  const wallMs = Date.UTC(Number(year), Number(month) - 1, day, hour, minute);
  return (wallMs - epochMs) / MINUTE_MS;
}

function newFormat(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
}
