import { type Calendar, instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { type ListedCalendar, renderCalendarsPage } from "./render-calendars-page.ts";

const NOW = instantOf("2026-11-25T23:30:00Z");
const calendar: Calendar = {
  id: "main-hours",
  version: 1,
  name: "Main <support>",
  zone: "America/New_York",
  week: {
    "1": [["08:00", "20:00"]],
    "2": [["08:00", "20:00"]],
    "3": [
      ["08:00", "12:00"],
      ["13:00", "20:00"],
    ],
    "6": [["22:00", "02:00"]],
  },
  holidays: [],
};

function pageOf(when: ListedCalendar["when"], week = calendar.week): string {
  const entry = { calendar: { ...calendar, week }, teams: ["Main & more"], when };
  return renderCalendarsPage({ desk: "The <desk>", now: NOW, entries: [entry], years: [2026] });
}

describe("the page of all calendars", () => {
  test.each<[string, ListedCalendar["when"], string]>([
    [
      "is open until later today",
      { isOpen: true, opensAt: NOW, closesAt: instantOf("2026-11-26T01:00:00Z") },
      '<span class="now">open</span> until 20:00</td>',
    ],
    ["never closes", { isOpen: true, opensAt: NOW }, '<span class="now">open</span></td>'],
    [
      "opens on another day",
      { isOpen: false, opensAt: instantOf("2026-11-27T13:00:00Z") },
      "closed until 08:00 on Friday, 27 November 2026</td>",
    ],
    ["never opens again", { isOpen: false }, "<td>closed</td>"],
  ])("says of one that %s so, by its own wall", (_, when, expected) => {
    expect(pageOf(when)).toContain(expected);
  });

  test("tells a week in brief", () => {
    expect(pageOf({ isOpen: false })).toContain(
      '<td class="hours">Mon–Tue 08:00–20:00; Wed 08:00–12:00, 13:00–20:00; Sat 22:00–02:00</td>',
    );
    expect(pageOf({ isOpen: false }, {})).toContain('<td class="hours">never regularly</td>');
  });

  test("links each calendar and draws each year, and lets nothing of a name be markup", () => {
    const html = pageOf({ isOpen: false });
    expect(html).toContain('<a href="calendars/main-hours">Main &lt;support&gt;</a>');
    expect(html).toContain("<title>The &lt;desk&gt;: when we are here</title>");
    expect(html).toContain("Main &amp; more");
    expect(html).toContain('<img src="coverage.svg?year=2026"');
    expect(html).not.toMatch(/<support>|<desk>/);
  });
});
