import { isZone } from "@ithaca/domain";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** Shows instants on the wall of one zone. */
export interface Moments {
  readonly zone: string;
  /** "Mon 2 Mar 2026 15:04" */
  dateAndTime(iso: string): string;
  /** "Mon 2 Mar 2026" */
  date(iso: string): string;
  /** "15:04:07" */
  time(iso: string): string;
}

/** Instants in a zone. Throws a Failure when the zone is unknown. */
export function momentsIn(zone: string): Moments {
  if (!isZone(zone)) throw new Failure(`${zone} is no time zone; name a place, such as America/New_York.`, EXIT.usage);
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const parts = (iso: string) => {
    const found = format.formatToParts(Date.parse(iso));
    return (type: Intl.DateTimeFormatPartTypes) => found.find((part) => part.type === type)?.value ?? "";
  };
  const date = (iso: string) => {
    const part = parts(iso);
    return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
  };

  return {
    zone,
    date,
    dateAndTime: (iso) => `${date(iso)} ${parts(iso)("hour")}:${parts(iso)("minute")}`,
    time: (iso) => `${parts(iso)("hour")}:${parts(iso)("minute")}:${parts(iso)("second")}`,
  };
}
