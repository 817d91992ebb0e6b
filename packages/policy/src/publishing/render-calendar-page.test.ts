import { type Calendar, instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { publicCalendar } from "./public-calendar.ts";
import { renderCalendarPage } from "./render-calendar-page.ts";

const calendar: Calendar = {
  id: "main-hours",
  version: 3,
  name: 'Main <support> & "friends"',
  zone: "America/New_York",
  week: {
    "1": [
      ["08:00", "12:00"],
      ["13:00", "20:00"],
    ],
    "2": [],
  },
  holidays: [
    { on: "2026-12-25", name: "Christmas Day", source: { kind: "hand", note: "nobody's business" } },
    { on: "2026-12-24", name: "<Eve>", hours: [["08:00", "12:00"]], source: { kind: "hand" } },
    { on: "2026-11-24", name: "Gone by", source: { kind: "hand" } },
  ],
};
const page = { calendar, today: "2026-11-25", feedAddress: "main-hours.ics", jsonAddress: "main-hours.json?a&b" };

/** The texts of the rows, head and cell. */
function rows(html: string): string[][] {
  return [...html.matchAll(/<tr><th scope="row">(.*?)<\/th><td>(.*?)<\/td><\/tr>/g)].map(([, head = "", text = ""]) => [
    head,
    text,
  ]);
}

describe("the page of a calendar", () => {
  test("lists the hours of each weekday, then the holidays ahead in order", () => {
    expect(rows(renderCalendarPage(page))).toEqual([
      ["Monday", "08:00–12:00, 13:00–20:00"],
      ["Tuesday", "closed"],
      ["Wednesday", "closed"],
      ["Thursday", "closed"],
      ["Friday", "closed"],
      ["Saturday", "closed"],
      ["Sunday", "closed"],
      ["Thursday, 24 December 2026", "&lt;Eve&gt; (08:00–12:00)"],
      ["Friday, 25 December 2026", "Christmas Day"],
    ]);
  });

  test("shows zone, version, links and picture, and lets nothing of a name be markup", () => {
    const html = renderCalendarPage({ ...page, pictures: [{ year: 2026, svg: "<svg></svg>" }] });
    expect(html).toContain("<h1>Main &lt;support&gt; &amp; &quot;friends&quot;</h1>");
    expect(html).toContain("<strong>America/New_York</strong>. Version 3.");
    expect(html).toContain('<a href="main-hours.ics">');
    expect(html).toContain('<a href="main-hours.json?a&amp;b">');
    expect(html).toContain('<h2>2026</h2>\n<div class="scroll"><svg></svg></div>');
    expect(html).not.toMatch(/<script|<support>|<Eve>/);
  });

  test("says from when other hours hold, by the wall of the calendar, and nothing when none are to come", () => {
    const html = renderCalendarPage({ ...page, changesAt: instantOf("2027-01-04T05:30:00Z") });
    expect(html).toContain("<strong>From 00:30 on Monday, 4 January 2027 other hours or holidays hold</strong>");
    expect(renderCalendarPage(page)).not.toContain("other hours or holidays");
  });

  test("lists other hours when there are any", () => {
    const extraOpenings: Calendar["extraOpenings"] = [
      { on: "2026-12-26", hours: [["10:00", "14:00"]], name: "Sale" },
      { on: "2026-12-27", hours: [] },
    ];
    const html = renderCalendarPage({ ...page, calendar: { ...calendar, extraOpenings } });
    expect(rows(html).slice(-2)).toEqual([
      ["Saturday, 26 December 2026", "Sale (10:00–14:00)"],
      ["Sunday, 27 December 2026", "closed"],
    ]);
    expect(html).toContain("Other hours");
    expect(renderCalendarPage(page)).not.toContain("Other hours");
  });

  test("says so when no holiday is ahead", () => {
    expect(renderCalendarPage({ ...page, today: "2027-01-01" })).toContain("No holidays are ahead.");
  });
});

describe("the public part of a calendar", () => {
  test("leaves out where holidays come from", () => {
    expect(publicCalendar(calendar)).toEqual({
      id: "main-hours",
      version: 3,
      name: calendar.name,
      zone: "America/New_York",
      week: calendar.week,
      holidays: [
        { on: "2026-12-25", name: "Christmas Day" },
        { on: "2026-12-24", name: "<Eve>", hours: [["08:00", "12:00"]] },
        { on: "2026-11-24", name: "Gone by" },
      ],
      extraOpenings: [],
    });
  });
});
