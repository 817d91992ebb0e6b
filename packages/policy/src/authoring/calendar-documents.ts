import { addOpenTime, type Calendar, compileCalendar, explainOpenTime, HOUR_MS, instantOf } from "@ithaca/domain";
import { renderExplanationBar } from "../publishing/render-explanation-bar.ts";
import { renderYearStrip } from "../publishing/render-year-strip.ts";
import { renderHolidayTable } from "./render-holiday-table.ts";
import type { YearRange } from "./resolve-holidays.ts";

/** The years that the table in the documents shows. */
export const DOCUMENTED_YEARS: YearRange = { from: 2024, to: 2030 };
const PICTURED_YEAR = 2026;
/** Of the example in the documents: an evening before Thanksgiving, and one business day. */
const EXAMPLE_START = instantOf("2026-11-25T23:30:00Z");
const EXAMPLE_HOURS = 12;

/** Pictures and tables of the shipped calendars that stand in the documents, by the name under which they are kept. */
export function calendarDocuments(main: Calendar, au: Calendar): Readonly<Record<string, string>> {
  const hours = compileCalendar(main);
  const due = addOpenTime(hours, EXAMPLE_START, EXAMPLE_HOURS * HOUR_MS);
  return {
    "pictures/coverage-2026.svg": renderYearStrip({
      year: PICTURED_YEAR,
      teams: [
        { team: "main", calendar: main },
        { team: "au", calendar: au },
      ],
    }),
    "pictures/due-explained.svg": renderExplanationBar({
      title: "One business day (12 h) of main, from Wednesday evening before Thanksgiving",
      zone: main.zone,
      start: EXAMPLE_START,
      due,
      spans: explainOpenTime(hours, EXAMPLE_START, due),
    }),
    "main-hours": renderHolidayTable(main, DOCUMENTED_YEARS),
    "au-hours": renderHolidayTable(au, DOCUMENTED_YEARS),
  };
}

/** Puts a text between the marks `<!-- name -->` and `<!-- end of name -->` of a document. */
export function replaceMarked(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) {
    throw new RangeError(`the document has no ${begin} and ${end}`);
  }
  return `${before}${begin}\n${text}\n${end}${after}`;
}
