import { type Calendar, type Instant, type LocalDate, WEEKDAYS, weekdayHours } from "@ithaca/domain";
import { dateInWords, WEEKDAY_NAMES } from "./date-in-words.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { hoursInWords } from "./hours-in-words.ts";
import { pageFrame } from "./page-frame.ts";
import { wallAt } from "./wall-in-words.ts";

/** What a calendar's page shows beside the calendar. */
export type CalendarPage = {
  readonly calendar: Calendar;
  /** Holidays before this date are history and left out. */
  readonly today: LocalDate;
  /** From when the next version is in force, when one is to come. */
  readonly changesAt?: Instant;
  /** Where the iCalendar feed and the JSON of the same calendar are, relative to the page. */
  readonly feedAddress: string;
  readonly jsonAddress: string;
  /** Pictures of years (`renderYearStrip`), as they are to stand in the page. */
  readonly pictures?: readonly { readonly year: number; readonly svg: string }[];
};

/** The hours and holidays of a team as a web page that needs no sign-in, no script and no other file. */
export function renderCalendarPage({
  calendar,
  today,
  changesAt,
  feedAddress,
  jsonAddress,
  pictures,
}: CalendarPage): string {
  const [feed, json] = [escapeMarkup(feedAddress), escapeMarkup(jsonAddress)];
  return pageFrame({
    title: `${calendar.name}: hours and holidays`,
    head: `<link rel="alternate" type="text/calendar" href="${feed}">`,
    body: `<h1>${escapeMarkup(calendar.name)}</h1>
<p>All times are those on the wall in <strong>${escapeMarkup(calendar.zone)}</strong>. Version ${calendar.version}.</p>
${changeToCome(calendar, changesAt)}<p><a href="${feed}">Subscribe (iCalendar)</a> · <a href="${json}">As JSON</a> · <a href="../calendars">All calendars</a></p>
${hoursTable(calendar)}
${(pictures ?? []).map(({ year, svg }) => `<h2>${year}</h2>\n<div class="scroll">${svg}</div>`).join("\n")}
${datesTable("Holidays", holidayRows(calendar, today), "No holidays are ahead.")}
${openingsTable(calendar, today)}`,
  });
}

/** Whoever looks at a date after it should come again. */
function changeToCome({ zone }: Calendar, changesAt: Instant | undefined): string {
  if (changesAt === undefined) return "";
  const { date, time } = wallAt(zone, changesAt);
  return `<p><strong>From ${time} on ${dateInWords(date)} other hours or holidays hold</strong>; this page tells them then.</p>\n`;
}

function hoursTable({ week }: Calendar): string {
  const rows = WEEKDAYS.map((weekday) =>
    row(WEEKDAY_NAMES[weekday - 1] ?? "", hoursInWords(weekdayHours(week, weekday))),
  );
  return `<table>\n<caption>Hours</caption>\n${rows.join("\n")}\n</table>`;
}

function holidayRows({ holidays }: Calendar, today: LocalDate): string[] {
  return ahead(holidays, today).map(({ on, name, hours }) =>
    row(dateInWords(on), hours === undefined ? name : `${name} (${hoursInWords(hours)})`),
  );
}

function openingsTable({ extraOpenings }: Calendar, today: LocalDate): string {
  const rows = ahead(extraOpenings ?? [], today).map(({ on, name, hours }) =>
    row(dateInWords(on), name === undefined ? hoursInWords(hours) : `${name} (${hoursInWords(hours)})`),
  );
  return rows.length === 0 ? "" : datesTable("Other hours", rows, "");
}

function datesTable(title: string, rows: readonly string[], none: string): string {
  return rows.length === 0
    ? `<h2>${title}</h2>\n<p>${none}</p>`
    : `<table>\n<caption>${title}</caption>\n${rows.join("\n")}\n</table>`;
}

function ahead<Entry extends { on: LocalDate }>(entries: readonly Entry[], today: LocalDate): Entry[] {
  return entries.filter(({ on }) => on >= today).sort((a, b) => a.on.localeCompare(b.on));
}

function row(head: string, text: string): string {
  return `<tr><th scope="row">${escapeMarkup(head)}</th><td>${escapeMarkup(text)}</td></tr>`;
}
