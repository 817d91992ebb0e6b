import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { inForce, reckonWith } from "./reckon-with.ts";

/** Shows a version of a calendar whole, and who made which version when and why. */
export async function readCalendar(
  { params, query, may }: Asked<"read-calendar">,
  { rulebooks, rules, clock }: Pick<Ports, "rulebooks" | "rules" | "clock">,
): Promise<Answer<"read-calendar">> {
  if (!may({ kind: "desk" })) return no("not-there");
  const [found, rulebook, history] = await Promise.all([
    reckonWith({ params, query }, { rulebooks, clock }),
    rulebooks.inForce(clock()),
    rules.history(),
  ]);
  const current = inForce(params.id, rulebook);
  if (found === undefined || current === undefined) return no("not-there");

  const versions = history.flatMap((change) => {
    if (!("calendar" in change) || change.calendar !== params.id) return [];
    const { version, inForceFrom, at, by, reason } = change;
    return [{ version, inForceFrom, at, by, reason }];
  });
  return { status: 200, body: { calendar: found.calendar, inForce: current.calendar.version, versions } };
}
