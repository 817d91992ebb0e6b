import type { LocalDate } from "./local-date.ts";
import type { OpenYear } from "./open-year.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Why a desk is closed. */
export type ClosedReason =
  | { readonly reason: "night" | "break" | "weekend" | "closed-day" | "not-in-force" }
  | { readonly reason: "holiday"; readonly holiday: string };

/** The dates by which open hours are explained: a wall clock, and why a part of a date is closed. */
export type OpenDates = {
  readonly clock: ZoneClock;
  /** Why [fromMs, untilMs), which lies within one date and is closed, is closed. */
  readonly closedBecause: (on: LocalDate, fromMs: number, untilMs: number) => ClosedReason;
};

/**
 * When somebody is there: what every reckoning of business time takes. Compiled from a calendar or combined from other
 * open hours; a year is worked out when it is first asked for, and at most `YEARS_KEPT` of them are kept.
 */
export type OpenHours = {
  /** The open time of a UTC year from `FIRST_YEAR` to `LAST_YEAR`. */
  readonly year: (year: number) => OpenYear;
  readonly dates: OpenDates;
};
