import type { Calendar, Instant } from "@ithaca/domain";
import { dateInWords } from "./date-in-words.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { weekInWords } from "./hours-in-words.ts";
import { pageFrame } from "./page-frame.ts";
import { wallAt } from "./wall-in-words.ts";

/** A calendar of the desk, who works by it, and whether they are there. */
export type ListedCalendar = {
  readonly calendar: Calendar;
  readonly teams: readonly string[];
  readonly when: { readonly isOpen: boolean; readonly opensAt?: Instant; readonly closesAt?: Instant };
};

/** What the page of all calendars shows. */
export type CalendarsPage = {
  readonly desk: string;
  readonly now: Instant;
  readonly entries: readonly ListedCalendar[];
  /** The years whose coverage is shown as pictures. */
  readonly years: readonly number[];
};

/** All calendars of a desk as a web page that needs no sign-in and no script, with who covers the year as pictures. */
export function renderCalendarsPage({ desk, now, entries, years }: CalendarsPage): string {
  return pageFrame({
    title: `${desk}: when we are here`,
    body: [
      `<h1>${escapeMarkup(desk)}: when we are here</h1>`,
      `<p>Times are those on the wall of each place. Choose a calendar for its holidays and a feed to subscribe to.</p>`,
      `<div class="scroll"><table class="cards">\n<thead><tr><th scope="col">Calendar</th><th scope="col">Now</th><th scope="col">Hours</th><th scope="col">Place</th></tr></thead>`,
      `<tbody>\n${entries.map((entry) => row(entry, now)).join("\n")}\n</tbody></table></div>`,
      `<h2>Who is here when</h2>`,
      ...years.map(
        (year) =>
          `<h3>${year}</h3>\n<div class="scroll"><img src="coverage.svg?year=${year}" alt="The hours of our teams in ${year}, day by day, where they overlap and where nobody is here"></div>`,
      ),
    ].join("\n"),
  });
}

function row({ calendar, teams, when }: ListedCalendar, now: Instant): string {
  const { id, name, week, zone } = calendar;
  const others = teams.filter((team) => team !== name);
  const keptBy = others.length === 0 ? "" : `<br><span class="muted">${escapeMarkup(others.join(", "))}</span>`;
  const cells = [
    `<td>${nowText(zone, when, now)}</td>`,
    `<td class="hours">${escapeMarkup(weekInWords(week))}</td>`,
    `<td>${escapeMarkup(zone)}</td>`,
  ];
  return `<tr><th scope="row"><a href="calendars/${escapeMarkup(id)}">${escapeMarkup(name)}</a>${keptBy}</th>${cells.join("")}</tr>`;
}

function nowText(zone: string, { isOpen, opensAt, closesAt }: ListedCalendar["when"], now: Instant): string {
  if (isOpen) {
    return `<span class="now">open</span>${closesAt === undefined ? "" : ` until ${momentText(zone, closesAt, now)}`}`;
  }
  return opensAt === undefined ? "closed" : `closed until ${momentText(zone, opensAt, now)}`;
}

/** The time, and the date where it is another than today's. */
function momentText(zone: string, at: Instant, now: Instant): string {
  const { date, time } = wallAt(zone, at);
  return date === wallAt(zone, now).date ? time : `${time} on ${dateInWords(date)}`;
}
