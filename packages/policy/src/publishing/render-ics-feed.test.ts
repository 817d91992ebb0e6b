import {
  type Calendar,
  compileCalendar,
  DAY_MS,
  HORIZON,
  instant,
  instantOf,
  NAME_MAX_LENGTH,
  Name,
  openPeriodsBetween,
} from "@ithaca/domain";
import fc from "fast-check";
import { sync, type VEvent } from "node-ical";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { importIcs } from "../authoring/import-ics.ts";
import { shippedCalendars } from "../shipped-calendars.ts";
import { renderIcsFeed } from "./render-ics-feed.ts";

const publishedAt = instantOf("2026-01-02T03:04:05Z");
const from = instantOf("2026-11-25T15:00:00Z");

function shipped(id: string): Calendar {
  const found = shippedCalendars().find((calendar) => calendar.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function feedOf(calendar: Calendar, at = from): string {
  return renderIcsFeed({ calendar, publishedAt, from: at, host: "desk.example.com" });
}

/** What a parser that is not ours makes of a feed. */
function readByAnother(feed: string): VEvent[] {
  return Object.values(sync.parseICS(feed)).filter((found): found is VEvent => found?.type === "VEVENT");
}

/** The parser makes a day of the midnight at which it begins where it runs. */
function dateOnTheMachine(midnight: Date): string {
  return [midnight.getFullYear(), midnight.getMonth() + 1, midnight.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** The lines of the event with an id. */
function event(feed: string, id: string): string[] {
  const found = feed.split("BEGIN:VEVENT").find((part) => part.includes(`UID:${id}@desk.example.com`));
  return (found ?? "").trim().split("\r\n");
}

describe("the feed of a team's calendar", () => {
  const main = shipped("main-hours");
  const feed = feedOf(main);

  test("has holidays as days, named and stamped", () => {
    expect(event(feed, "main-hours-holiday-2026-11-26")).toEqual(
      expect.arrayContaining([
        "SEQUENCE:1",
        "DTSTAMP:20260102T030405Z",
        "DTSTART;VALUE=DATE:20261126",
        "DTEND;VALUE=DATE:20261127",
        "SUMMARY:Thanksgiving Day",
        "TRANSP:TRANSPARENT",
      ]),
    );
  });

  test("is published, and read again twice a day", () => {
    expect(feed.split("\r\n").slice(0, 8)).toEqual(
      expect.arrayContaining(["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "X-PUBLISHED-TTL:PT12H"]),
    );
  });

  test("has openings in UTC, and none on a holiday", () => {
    expect(event(feed, "main-hours-open-2026-11-25-1")).toEqual(
      expect.arrayContaining(["DTSTART:20261125T130000Z", "DTEND:20261126T010000Z", "SUMMARY:Open"]),
    );
    expect(feed).not.toContain("main-hours-open-2026-11-26");
    expect(feed).toContain("main-hours-open-2027-12-28-1");
  });

  test("keeps the ids of its events from day to day and from version to version, and counts versions", () => {
    const later = feedOf({ ...main, version: 2 }, instantOf("2026-11-26T03:00:00Z"));
    const ids = (text: string) => text.match(/UID:\S+/g) ?? [];
    const known = new Set<string>(ids(later));
    expect(ids(feed).filter((id) => !known.has(id))).toEqual([]);
    expect(event(later, "main-hours-holiday-2026-11-26")).toContain("SEQUENCE:2");
    expect(new Set(ids(feed)).size).toBe(ids(feed).length);
  });

  test("is read again as it was written", () => {
    const read = importIcs(feed.replaceAll(/BEGIN:VEVENT\r\nUID:main-hours-open[\s\S]*?END:VEVENT\r\n/g, ""), {
      zone: main.zone,
      years: { from: 2024, to: 2031 },
    });
    expect(read).toMatchObject({ kind: "imported" });
    expect(read.kind === "imported" && read.holidays.map(({ on, name }) => [on, name])).toEqual(
      main.holidays.map(({ on, name }) => [on, name]),
    );
  });

  test.each(["main-hours", "au-hours"])(
    "of %s is read by another's parser, opening by opening and day by day",
    (id) => {
      const calendar = { ...shipped(id), version: 3 };
      const events = readByAnother(feedOf(calendar));
      const openings = events.filter(({ uid }) => uid.startsWith(`${id}-open-`));
      const holidays = events.filter(({ uid }) => uid.startsWith(`${id}-holiday-`));
      expect(events).toHaveLength(openings.length + holidays.length);

      expect(openings.length).toBeGreaterThan(250);
      const [begin, end] = [openings[0]?.start.getTime() ?? 0, openings.at(-1)?.end?.getTime() ?? 0];
      expect(end - begin).toBeGreaterThan(390 * DAY_MS);
      expect(openings.map(({ start, end: closes }) => [start.getTime(), closes?.getTime()])).toEqual(
        [...openPeriodsBetween(compileCalendar(calendar), instant(begin), instant(end))].map(
          ({ opensAt, closesAt }) => [opensAt, closesAt],
        ),
      );
      expect(holidays.map(({ datetype, summary, start }) => [datetype, summary, dateOnTheMachine(start)])).toEqual(
        calendar.holidays.map(({ on, name }) => ["date", name, on]),
      );
      expect(new Set(events.map(({ sequence }) => Number(sequence)))).toEqual(new Set([3]));
    },
  );

  test("says any name so that another's parser reads it as it is", () => {
    const piece = fc.constantFrom(
      ";",
      ",",
      "\\",
      '"',
      ":",
      "\\n",
      "BEGIN:VEVENT",
      "END:VCALENDAR",
      "é",
      "😀",
      " ",
      "<",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "grapheme" })), { maxLength: 30 }), (pieces) => {
        const { data: name } = z.safeParse(Name, pieces.join("").slice(0, NAME_MAX_LENGTH));
        // The parser takes an escaped backslash before an n for a line break, and quotes around a text off: RFC 5545 does not.
        fc.pre(name !== undefined && !/\\[nN]|^"|"$/.test(name));
        const holidays: Calendar["holidays"] = [{ on: "2026-12-01", name, source: { kind: "hand" } }];
        const summaries = readByAnother(feedOf({ ...main, name, week: {}, holidays })).map(({ summary }) => summary);
        expect(summaries).toEqual([name]);
      }),
    );
  });

  test("has lines of at most 75 bytes that end as RFC 5545 says", () => {
    const named = feedOf({
      ...main,
      name: `A long; name, ${"x".repeat(100)}`,
      holidays: [{ on: "2026-12-01", name: "é".repeat(100), source: { kind: "hand" } }],
    });
    const lines = named.split("\r\n");
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => new TextEncoder().encode(line).length > 75 || line.includes("\n"))).toEqual([]);
    expect(named.replaceAll("\r\n ", "")).toContain(`X-WR-CALNAME:A long  name  ${"x".repeat(100)}\r\n`);
  });
});

describe("openings that are unusual", () => {
  test("a half day says its hours, and a split day has two openings", () => {
    const half: Calendar = {
      ...shipped("main-hours"),
      holidays: [
        {
          on: "2026-12-24",
          name: "Christmas Eve",
          hours: [
            ["08:00", "12:00"],
            ["13:00", "14:00"],
          ],
          source: { kind: "hand" },
        },
      ],
    };
    const feed = feedOf(half);
    expect(event(feed, "main-hours-holiday-2026-12-24")).toContain(
      "SUMMARY:Christmas Eve (open 08:00–12:00\\, 13:00–14:00)",
    );
    expect(event(feed, "main-hours-open-2026-12-24-2")).toContain("DTSTART:20261224T180000Z");
  });

  test("a night belongs to the date on which it opens, also when that was yesterday", () => {
    const nights: Calendar = {
      ...shipped("main-hours"),
      week: { "2": [["22:00", "06:00"]], "3": [["22:00", "06:00"]] },
      holidays: [],
    };
    const feed = feedOf(nights, instantOf("2026-11-26T06:00:00Z"));
    expect(event(feed, "main-hours-open-2026-11-25-1")).toContain("DTSTART:20261126T030000Z");
    // The night that was on when the feed begins is left out, and not listed from midnight on.
    expect(feed).not.toContain("DTSTART:20261125T050000Z");
  });

  test("hours that never close have none, at any time", () => {
    expect(feedOf(shipped("round-the-clock"))).not.toContain("VEVENT");
    expect(feedOf(shipped("round-the-clock"), instantOf("1970-01-01T00:00:00Z"))).not.toContain("VEVENT");
    expect(feedOf(shipped("main-hours"), HORIZON)).toContain("main-hours-open-2199-12-30-1");
  });
});
