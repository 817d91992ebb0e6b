import {
  type Calendar,
  DAY_MS,
  dateOfDay,
  type Instant,
  instant,
  instantOf,
  type Rulebook,
  zoneClock,
} from "@ithaca/domain";
import { PAGE_STYLE, publicCalendar, renderCalendarPage, renderIcsFeed, renderYearStrip } from "@ithaca/policy/publish";
import type { Page, Visit } from "../runtime/on-visit.ts";
import type { Ports } from "../runtime/ports.ts";
import { type No, no } from "../runtime/request.ts";
import { inForce } from "./reckon-with.ts";
import { yearOf } from "./year-of.ts";

/** When the calendars that ship were first published: the stamp of the events of a version that nobody made. */
const SHIPPED_AT = instantOf("2026-01-01T00:00:00Z");

type ShowPorts = Pick<Ports, "rulebooks" | "rules" | "clock"> & { readonly settings: { readonly DESK_URL: string } };

/** Shows one calendar in force: as a page, as a feed that calendar programs subscribe to, or as data. */
export async function showCalendar(
  { params: { page } }: Visit<"show-calendar">,
  { rulebooks, rules, clock, settings }: ShowPorts,
): Promise<Page | No> {
  const [id = "", form = "page"] = page.split(".");
  const now = clock();
  const rulebook = await rulebooks.inForce(now, []);
  const calendar = inForce(id, rulebook)?.calendar;
  if (calendar === undefined) return no("not-there");

  switch (form) {
    case "json":
      return { media: "application/json", text: jsonOf(calendar) };
    case "ics": {
      const publishedAt = await madeAt(rules, calendar);
      const from = instant(Math.floor(now / DAY_MS) * DAY_MS);
      const text = renderIcsFeed({ calendar, publishedAt, from, host: hostOf(settings.DESK_URL) });
      return { media: "text/calendar", text };
    }
    default:
      return { media: "text/html", text: pageOf(calendar, rulebook, now), style: PAGE_STYLE };
  }
}

function pageOf(calendar: Calendar, rulebook: Rulebook, now: Instant): string {
  const year = yearOf(now);
  const changesAt = rulebook.versionsOf(calendar.id).find(({ from }) => from > now)?.from;
  const picture = (drawn: number) => ({
    year: drawn,
    svg: renderYearStrip({ year: drawn, teams: [{ team: calendar.name, calendar }] }),
  });
  return renderCalendarPage({
    calendar,
    today: dateOfDay(zoneClock(calendar.zone).dayHolding(now)),
    ...(changesAt !== undefined && { changesAt }),
    feedAddress: `${calendar.id}.ics`,
    jsonAddress: `${calendar.id}.json`,
    pictures: [year, year + 1].map(picture),
  });
}

function jsonOf(calendar: Calendar): string {
  return `${JSON.stringify(publicCalendar(calendar), null, 2)}\n`;
}

/** When a version was put in force: what a calendar program compares to know that it changed. */
async function madeAt(rules: ShowPorts["rules"], { id, version }: Calendar): Promise<Instant> {
  const { calendars } = await rules.timeline();
  return calendars[id]?.find((listed) => listed.version === version)?.from ?? SHIPPED_AT;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : "ithaca.invalid";
}
