import { type Calendar, type DayHours, type LocalDate, WEEKDAYS, weekdayHours } from "@ithaca/domain";
import { dateInWords, WEEKDAY_NAMES } from "./date-in-words.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** What a calendar's page shows beside the calendar. */
export type CalendarPage = {
  readonly calendar: Calendar;
  /** Holidays before this date are history and left out. */
  readonly today: LocalDate;
  /** Where the iCalendar feed and the JSON of the same calendar are, relative to the page. */
  readonly feedAddress: string;
  readonly jsonAddress: string;
  /** A picture of the year (`renderYearStrip`), as it is to stand in the page. */
  readonly picture?: string;
};

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { padding: .25rem 1.5rem .25rem 0; text-align: left; vertical-align: top; }
caption, h2 { font-weight: 600; margin-top: 1.5rem; text-align: left; }
svg { max-width: 100%; height: auto; }
`;

/** The hours and holidays of a team as a web page that needs no sign-in, no script and no other file. */
export function renderCalendarPage({ calendar, today, feedAddress, jsonAddress, picture }: CalendarPage): string {
  const name = escapeMarkup(calendar.name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}: hours and holidays</title>
<link rel="alternate" type="text/calendar" href="${escapeMarkup(feedAddress)}">
<style>${STYLE}</style>
</head>
<body>
<h1>${name}</h1>
<p>All times are those on the wall in <strong>${escapeMarkup(calendar.zone)}</strong>. Version ${calendar.version}.</p>
${hoursTable(calendar)}
${datesTable("Holidays", holidayRows(calendar, today), "No holidays are ahead.")}
${openingsTable(calendar, today)}
${picture ?? ""}
<p><a href="${escapeMarkup(feedAddress)}">Subscribe (iCalendar)</a> · <a href="${escapeMarkup(jsonAddress)}">As JSON</a></p>
</body>
</html>
`;
}

function hoursTable({ week }: Calendar): string {
  const rows = WEEKDAYS.map((weekday) => row(WEEKDAY_NAMES[weekday - 1] ?? "", hoursText(weekdayHours(week, weekday))));
  return `<table>\n<caption>Hours</caption>\n${rows.join("\n")}\n</table>`;
}

function holidayRows({ holidays }: Calendar, today: LocalDate): string[] {
  return ahead(holidays, today).map(({ on, name, hours }) =>
    row(dateInWords(on), hours === undefined ? name : `${name} (${hoursText(hours)})`),
  );
}

function openingsTable({ extraOpenings }: Calendar, today: LocalDate): string {
  const rows = ahead(extraOpenings ?? [], today).map(({ on, name, hours }) =>
    row(dateInWords(on), name === undefined ? hoursText(hours) : `${name} (${hoursText(hours)})`),
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

function hoursText(hours: DayHours): string {
  return hours.length === 0 ? "closed" : hours.map(([opens, closes]) => `${opens}–${closes}`).join(", ");
}
