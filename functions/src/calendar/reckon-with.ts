import { type CalendarInForce, HorizonReached, type Instant, MINUTE_MS } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type No, no } from "../runtime/request.ts";

/** Which calendar a request names: by id, and by version where it is not the one in force. */
interface Named {
  readonly params: { readonly id: string };
  readonly query: { readonly version?: number | undefined };
}

/** The calendar that a request is to be answered with; undefined when there is none. */
export async function reckonWith(
  { params, query }: Named,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<CalendarInForce | undefined> {
  return query.version === undefined
    ? inForce(params.id, await rulebooks.inForce(clock()))
    : rulebooks.calendar(params.id, query.version);
}

/** The calendar of an id in force; undefined when there is none. */
export function inForce(
  id: string,
  { calendars }: { calendars(): readonly CalendarInForce[] },
): CalendarInForce | undefined {
  return calendars().find(({ calendar }) => calendar.id === id);
}

/** What every answer says of the calendar that it was reckoned with. */
export function reckonedWith({ calendar: { id, version, zone } }: CalendarInForce) {
  return { id, version, zone };
}

/** A length in minutes as milliseconds. */
export function wholeMs(minutes: number): number {
  return Math.round(minutes * MINUTE_MS);
}

/** What `reckon` gives, or a no that names the field because of which the answer would lie beyond the end of reckoning. */
export function withinHorizon(field: string, reckon: () => Instant): { readonly at: Instant } | No {
  try {
    return { at: reckon() };
  } catch (error) {
    if (!(error instanceof HorizonReached)) throw error;
    return no("invalid-request", { errors: [{ path: `query.${field}`, message: error.message }] });
  }
}
