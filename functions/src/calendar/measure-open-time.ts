import { MINUTE_MS, openTimeBetween } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { reckonedWith, reckonWith } from "./reckon-with.ts";

/** Measures the open time between two instants. */
export async function measureOpenTime(
  { params, query, may }: Asked<"measure-open-time">,
  ports: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"measure-open-time">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const found = await reckonWith({ params, query }, ports);
  if (found === undefined) return no("not-there");

  const { start, end } = query;
  const openMs = openTimeBetween(found.hours, start, end);
  return { status: 200, body: { ...reckonedWith(found), start, end, minutes: openMs / MINUTE_MS, openMs } };
}
