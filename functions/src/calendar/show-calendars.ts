import { PAGE_STYLE, renderCalendarsPage } from "@ithaca/policy/publish";
import type { Page } from "../runtime/on-visit.ts";
import type { Ports } from "../runtime/ports.ts";
import { whenOpen } from "./when-open.ts";
import { yearOf } from "./year-of.ts";

/** The page says who is there now, so it is not kept for long. */
const KEPT_SECONDS = 60;

/** Shows the hours of every team, and who covers this year and the next. */
export async function showCalendars(
  _visit: unknown,
  { rulebooks, clock }: Pick<Ports, "rulebooks" | "clock">,
): Promise<Page> {
  const now = clock();
  const { policy, calendars } = await rulebooks.inForce(now);
  const year = yearOf(now);
  const entries = calendars().map(({ calendar, hours }) => ({
    calendar,
    teams: policy.teams.flatMap(({ name, hours: open, chatHours }) => [
      ...(open === calendar.id ? [name] : []),
      ...(chatHours === calendar.id ? [`${name} (chat)`] : []),
    ]),
    when: whenOpen(hours, now),
  }));
  return {
    media: "text/html",
    text: renderCalendarsPage({ desk: policy.name, now, entries, years: [year, year + 1] }),
    style: PAGE_STYLE,
    keptSeconds: KEPT_SECONDS,
  };
}
