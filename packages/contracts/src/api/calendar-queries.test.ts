import { instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import type * as z from "zod/mini";
import { readPart } from "./field-errors.ts";
import { pages } from "./pages.ts";
import {
  AddOpenTimeQuery,
  CoveragePictureQuery,
  CoverageQuery,
  ExplainOpenTimeQuery,
  OpeningsQuery,
  OpenTimeBetweenQuery,
  PublishedCalendarParams,
} from "./shapes/calendar-shapes.ts";

const START = "2026-11-25T15:00:00Z";

describe("when business time is asked for in a wrong way", () => {
  test.each<[string, z.ZodMiniType, object, string, string]>([
    [
      "openings of a thousand years",
      OpeningsQuery,
      { from: START, until: "3026-11-25T15:00:00Z" },
      "until",
      "an instant lies between 1970 and 2199",
    ],
    [
      "openings of two years",
      OpeningsQuery,
      { from: START, until: "2028-11-25T15:00:00Z" },
      "until",
      "must be at or after from, by 400 days at most",
    ],
    [
      "openings that end before they begin",
      OpeningsQuery,
      { from: START, until: "2026-11-25T14:59:59Z" },
      "until",
      "must be at or after from, by 400 days at most",
    ],
    ["a start without a zone", AddOpenTimeQuery, { start: "2026-11-25T15:00:00", minutes: "1" }, "start", "an instant"],
    [
      "minutes that are none",
      AddOpenTimeQuery,
      { start: START, minutes: "2h" },
      "minutes",
      "a number of minutes, such as 120 or 0.5",
    ],
    [
      "more than ten years of minutes",
      AddOpenTimeQuery,
      { start: START, minutes: "5260321" },
      "minutes",
      "must be at most 5260320",
    ],
    [
      "two hundred years between",
      OpenTimeBetweenQuery,
      { start: "1971-01-01T00:00:00Z", end: "2171-01-01T00:00:00Z" },
      "end",
      "must be within 36525 days of start",
    ],
    [
      "an explanation of nothing",
      ExplainOpenTimeQuery,
      { start: START },
      "minutes",
      "must be given or else end, one of them",
    ],
    [
      "an explanation that goes back",
      ExplainOpenTimeQuery,
      { start: START, minutes: "-5" },
      "minutes",
      "must be at least 0: what is explained begins at start",
    ],
    [
      "an explanation that ends before it begins",
      ExplainOpenTimeQuery,
      { start: START, end: "2026-11-25T14:00:00Z" },
      "end",
      "must be at or after start, by 400 days at most",
    ],
    ["more months than two years", CoverageQuery, { months: "25" }, "months", "must be at most 24"],
    ["no months", CoverageQuery, { months: "0" }, "months", "must be at least 1"],
    ["a version that is none", OpeningsQuery, { from: START, until: START, version: "0" }, "version", "at least 1"],
    ["a year that nobody plans", CoveragePictureQuery, { year: "3026" }, "year", "must be at most 2198"],
    ["a page that is none", PublishedCalendarParams, { page: "../secrets" }, "page", "the id of a calendar"],
    ["an unknown field", OpeningsQuery, { from: START, until: START, zone: "UTC" }, "zone", "is not a known field"],
  ])("%s is named by its field", (_, schema, query, path, message) => {
    const read = readPart(schema, query);
    expect(!read.ok && read.errors).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});

test("a word for an instant is told once what an instant looks like", () => {
  expect(readPart(AddOpenTimeQuery, { start: "tomorrow", minutes: "1" })).toEqual({
    ok: false,
    errors: [{ path: "start", message: "must be an instant such as 2026-03-01T09:00:00Z" }],
  });
});

describe("when business time is asked for in a right way", () => {
  test("minutes may be fractions, and less than nothing", () => {
    expect(readPart(AddOpenTimeQuery, { start: START, minutes: "-0.5" })).toEqual({
      ok: true,
      value: { start: instantOf(START), minutes: -0.5 },
    });
  });

  test("coverage is told for two years unless it is said otherwise", () => {
    expect(readPart(CoverageQuery, {})).toEqual({ ok: true, value: { months: 24 } });
  });

  test.each(["main-hours", "main-hours.ics", "24x7.json"])("%s is a published calendar's place", (page) => {
    expect(readPart(PublishedCalendarParams, { page })).toMatchObject({ ok: true });
  });
});

test("each page says why it is public, and is listed under its id", () => {
  const listed = Object.entries(pages);
  expect(listed.length).toBeGreaterThan(0);
  for (const [id, page] of listed) {
    expect(page.id).toBe(id);
    expect(page.publicBecause.length).toBeGreaterThan(20);
    expect(page.path).not.toMatch(/^\/v1\//);
  }
});
