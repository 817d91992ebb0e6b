import type { Instant } from "../time/instant.ts";
import { yearHolding } from "./horizon.ts";
import type { OpenHours } from "./open-hours.ts";
import { openMsBefore, totalOf } from "./open-year.ts";

/** The open time in [a, b), in milliseconds; negative when `b` is before `a`. */
export function openTimeBetween(hours: OpenHours, a: Instant, b: Instant): number {
  if (b < a) {
    return 0 - openTimeBetween(hours, b, a);
  }
  const firstYear = yearHolding(a);
  const lastYear = yearHolding(b);
  let open = openMsBefore(hours.year(lastYear), b) - openMsBefore(hours.year(firstYear), a);
  for (let number = firstYear; number < lastYear; number += 1) {
    open += totalOf(hours.year(number));
  }
  return open;
}
