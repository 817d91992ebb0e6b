import { ASK_LIMITS, addOpenTime, DAY_MS, explainOpenTime as explain, summarizeOpenTime } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { reckonedWith, reckonWith, wholeMs, withinHorizon } from "./reckon-with.ts";

/** Explains open time span by span, from an instant until so many minutes have elapsed or until another instant. */
export async function explainOpenTime(
  { params, query, may }: Asked<"explain-open-time">,
  ports: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"explain-open-time">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const found = await reckonWith({ params, query }, ports);
  if (found === undefined) return no("not-there");

  const { start, minutes = 0, end: given } = query;
  const reached =
    given === undefined
      ? withinHorizon("minutes", () => addOpenTime(found.hours, start, wholeMs(minutes)))
      : { at: given };
  if ("problem" in reached) return reached;
  const end = reached.at;
  if (end - start > ASK_LIMITS.listedDays * DAY_MS) {
    const message = `elapse after more than ${ASK_LIMITS.listedDays} days, which is the most that is explained`;
    return no("invalid-request", { errors: [{ path: "query.minutes", message }] });
  }
  const spans = explain(found.hours, start, end);
  const { countedMs: openMs, holidays } = summarizeOpenTime(spans);
  return { status: 200, body: { ...reckonedWith(found), start, end, openMs, holidays: [...holidays], spans } };
}
