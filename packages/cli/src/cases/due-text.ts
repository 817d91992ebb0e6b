import type { Instant } from "@ithaca/domain";
import { duration } from "../output/duration.ts";

/** How far away an instant is, by the clock on the wall: "in 3 h 20 m", "2 d 1 h ago". */
export function fromNow(iso: string, now: Instant): string {
  const ms = Date.parse(iso) - now;
  return ms >= 0 ? `in ${duration(ms)}` : `${duration(ms)} ago`;
}
