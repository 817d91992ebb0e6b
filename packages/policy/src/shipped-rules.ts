import type { Calendar, Policy } from "@ithaca/domain";
import { shippedCalendars } from "./shipped-calendars.ts";
import { shippedPolicy } from "./shipped-policy.ts";

/** The rules that ship, version 1 of each: what a desk goes by until its own are applied. */
export const shippedRules: { readonly policy: Policy; readonly calendars: readonly Calendar[] } = {
  policy: shippedPolicy(),
  calendars: shippedCalendars(),
};
