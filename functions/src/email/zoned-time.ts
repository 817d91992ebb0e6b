import { type Instant, remember } from "@ithaca/domain";

/** An instant as people in a zone say it: "Wednesday 10 June 2026, 10:00 (Eastern Daylight Time, America/New_York)". */
export function zonedTime(at: Instant, zone: string): string {
  const part = partsOf(at, zone);
  const time = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")}`;
  return `${time} (${part("timeZoneName")}, ${zone})`;
}

function partsOf(at: Instant, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = formatOf(timeZone).formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
}

const ZONES_REMEMBERED = 50;

/** Making one takes longer than all the rest of a mail. */
const formatOf = remember(
  ZONES_REMEMBERED,
  (timeZone: string) =>
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "long",
    }),
);
