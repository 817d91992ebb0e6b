import { readFileSync } from "node:fs";
import { addOpenTime, compileCalendar, explainOpenTime, HOUR_MS, instantOf } from "@ithaca/domain";
import { shippedCalendars } from "@ithaca/policy";
import { calendarDocuments, replaceMarked } from "@ithaca/policy/apply";
import { describe, expect, test } from "vitest";

const DOCS = new URL("../../docs/", import.meta.url);
const [main, au] = shippedCalendars();
if (main === undefined || au === undefined) throw new Error("the calendars of both teams are shipped");
const documents = Object.entries(calendarDocuments(main, au));

describe("what the documents show of the shipped calendars", () => {
  test("is something", () => {
    expect(documents.map(([name]) => name)).toEqual([
      "pictures/coverage-2026.svg",
      "pictures/due-explained.svg",
      "main-hours",
      "au-hours",
    ]);
  });

  test.each(documents)("%s is up to date: run `npm run regenerate -w @ithaca/policy`", (name, text) => {
    const page = readFileSync(new URL(name.endsWith(".svg") ? name : "calendar.md", DOCS), "utf8");
    const expected = name.endsWith(".svg") ? text : replaceMarked(page, name, text);
    expect(page).toBe(expected);
  });
});

test("the words under the picture of a due say what is so", () => {
  const hours = compileCalendar(main);
  const start = instantOf("2026-11-25T18:30:00-05:00");
  const due = addOpenTime(hours, start, 12 * HOUR_MS);
  expect(due).toBe(instantOf("2026-11-27T18:30:00-05:00"));
  const told = explainOpenTime(hours, start, due).map((span) => [
    span.kind === "skipped" ? span.reason : span.kind,
    span.lengthMs / HOUR_MS,
  ]);
  expect(told).toEqual([
    ["counted", 1.5],
    ["night", 4],
    ["holiday", 24],
    ["night", 8],
    ["counted", 10.5],
  ]);
  const page = readFileSync(new URL("calendar.md", DOCS), "utf8").replace(/\s+/g, " ");
  expect(page).toContain(
    "received on Wednesday, 25 November 2026 at 18:30 in New York, has one business day of `main`, 12 hours: 1 h 30 min until Wednesday's closing; the night, Thanksgiving Day and another night are skipped; 10 h 30 min on Friday. So it is due on Friday at 18:30.",
  );
});

describe("the shipped holidays, compared with what the two governments publish", () => {
  const closed = (calendar: typeof main, year: number) =>
    calendar.holidays.filter(({ on }) => on.startsWith(`${year}-`)).map(({ on }) => on.slice(5));

  // U.S. Office of Personnel Management: federal holidays by year, and the day itself where it falls on a weekend.
  test.each([
    [2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"],
    [2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"],
    [2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"],
    [2027, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"],
    [2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25"],
    [2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-11 11-22 12-25"],
    [2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"],
  ])("main in %i", (year, dates) => {
    expect(closed(main, year)).toEqual(dates.split(" "));
  });

  // NSW Public Holidays Act 2010, with the additional days for Anzac Day of 2026 and 2027.
  test.each([
    [2024, "01-01 01-26 03-29 03-30 03-31 04-01 04-25 06-10 10-07 12-25 12-26"],
    [2025, "01-01 01-27 04-18 04-19 04-20 04-21 04-25 06-09 10-06 12-25 12-26"],
    [2026, "01-01 01-26 04-03 04-04 04-05 04-06 04-25 04-27 06-08 10-05 12-25 12-26 12-28"],
    [2027, "01-01 01-26 03-26 03-27 03-28 03-29 04-25 04-26 06-14 10-04 12-25 12-26 12-27 12-28"],
    [2028, "01-01 01-03 01-26 04-14 04-15 04-16 04-17 04-25 06-12 10-02 12-25 12-26"],
    [2029, "01-01 01-26 03-30 03-31 04-01 04-02 04-25 06-11 10-01 12-25 12-26"],
    [2030, "01-01 01-28 04-19 04-20 04-21 04-22 04-25 06-10 10-07 12-25 12-26"],
  ])("au in %i", (year, dates) => {
    expect(closed(au, year)).toEqual(dates.split(" "));
  });
});
