import { addOpenTime as add, subtractOpenTime as subtract } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { reckonedWith, reckonWith, wholeMs, withinHorizon } from "./reckon-with.ts";

/** Adds open time to an instant; less than nothing counts back from it. */
export async function addOpenTime(
  { params, query, may }: Asked<"add-open-time">,
  ports: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"add-open-time">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const found = await reckonWith({ params, query }, ports);
  if (found === undefined) return no("not-there");

  const { start, minutes } = query;
  const reached = withinHorizon("minutes", () =>
    minutes < 0 ? subtract(found.hours, start, wholeMs(-minutes)) : add(found.hours, start, wholeMs(minutes)),
  );
  if ("problem" in reached) return reached;
  return { status: 200, body: { ...reckonedWith(found), start, minutes, due: reached.at } };
}
