import type { Calendar, Policy } from "@ithaca/domain";
import { calendarsFaults, rulesFaults } from "./rules-faults.ts";
import { shippedCalendars } from "./shipped-calendars.ts";
import { shippedPolicy } from "./shipped-policy.ts";

/** The rules that ship, version 1 of each: what a desk goes by until its own are applied, and what judges those. */
export const shippedRules: {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
  readonly faultsOf: typeof rulesFaults;
  readonly calendarsFaultsOf: typeof calendarsFaults;
} = {
  policy: shippedPolicy(),
  calendars: shippedCalendars(),
  faultsOf: rulesFaults,
  calendarsFaultsOf: calendarsFaults,
};
