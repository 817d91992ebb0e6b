import { openPeriodsBetween, openTimeBetween } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { reckonedWith, reckonWith } from "./reckon-with.ts";

/** Lists the openings of a calendar in a range. */
export async function listOpenings(
  { params, query, may }: Asked<"list-openings">,
  ports: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"list-openings">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const found = await reckonWith({ params, query }, ports);
  if (found === undefined) return no("not-there");

  const { from, until } = query;
  const openings = [...openPeriodsBetween(found.hours, from, until)];
  const openMs = openTimeBetween(found.hours, from, until);
  return { status: 200, body: { ...reckonedWith(found), from, until, openings, openMs } };
}
