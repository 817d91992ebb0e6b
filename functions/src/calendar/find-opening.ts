import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { reckonedWith, reckonWith } from "./reckon-with.ts";
import { whenOpen } from "./when-open.ts";

/** Says whether somebody is there at an instant, and else when they come next. */
export async function findOpening(
  { params, query, may }: Asked<"find-opening">,
  ports: Pick<Ports, "rulebooks" | "clock">,
): Promise<Answer<"find-opening">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const found = await reckonWith({ params, query }, ports);
  if (found === undefined) return no("not-there");

  const at = query.at ?? ports.clock();
  return { status: 200, body: { ...reckonedWith(found), at, ...whenOpen(found.hours, at) } };
}
