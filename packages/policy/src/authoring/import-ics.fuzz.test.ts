import { CALENDAR_LIMITS, Holiday } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { importIcs } from "./import-ics.ts";

const LINES = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "BEGIN:VTIMEZONE",
  "TZID:Somewhere",
  "END:VTIMEZONE",
  "BEGIN:VEVENT",
  "UID:1@example.com",
  "DTSTAMP:20260101T000000Z",
  "SUMMARY:Fair",
  "DTSTART;VALUE=DATE:20260704",
  "DTEND;VALUE=DATE:20260706",
  "RRULE:FREQ=YEARLY;BYMONTH=7;BYDAY=1SA",
  "EXDATE;VALUE=DATE:20270704",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:2@example.com",
  "DTSTART;TZID=America/New_York:20260704T120000",
  "DURATION:PT3H",
  "RRULE:FREQ=MONTHLY;COUNT=12",
  "END:VEVENT",
  "END:VCALENDAR",
];

/** What somebody hostile or hurried makes of a file: lines lost, doubled, moved, altered or made up. */
const spoilt = fc
  .array(
    fc.record({
      at: fc.nat({ max: LINES.length }),
      remove: fc.nat({ max: 2 }),
      insert: fc.array(
        fc.oneof(
          fc.constantFrom(...LINES),
          fc.string({ maxLength: 40 }),
          fc.constantFrom(
            "RRULE:FREQ=DAILY;INTERVAL=0",
            "RRULE:FREQ=DAILY;COUNT=999999999",
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z",
            "RRULE:",
            "RRULE:FREQ=YEARLY;BYYEARDAY=1,100,366;COUNT=9999",
            "DTEND;TZID=Mars/X:20260704T130000",
            'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260704T120000',
            "EXDATE;TZID=Mars/X:20260704T120000",
            "DTSTART:00010101T000000Z",
            "DTSTART;TZID=:20260704T120000",
            "DTEND;VALUE=DATE:20200101",
            "DURATION:-P99999D",
            "DURATION:P9999999D",
            "RECURRENCE-ID:20260704T120000Z",
            "UID:__proto__",
            "SUMMARY;LANGUAGE=en:",
          ),
        ),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 3 },
  )
  .map((changes) => {
    const lines = [...LINES];
    for (const { at, remove, insert } of changes) lines.splice(at, remove, ...insert);
    return lines.join("\r\n");
  });

describe("any iCalendar file", () => {
  test("is imported as valid holidays, or refused with a line, a field and a reason", () => {
    let refused = 0;
    fc.assert(
      fc.property(spoilt, (text) => {
        const found = importIcs(text, { zone: "America/New_York", years: { from: 2025, to: 2028 }, week: {} });
        if (found.kind === "imported") {
          expect(found.holidays.length).toBeLessThanOrEqual(CALENDAR_LIMITS.holidays);
          z.parse(z.array(Holiday), found.holidays);
          return;
        }
        refused += 1;
        expect(found.problems.length).toBeGreaterThan(0);
        for (const { line, field, problem } of found.problems) {
          expect(line).toBeGreaterThan(0);
          expect(field).not.toBe("");
          expect(problem).not.toBe("");
        }
      }),
      { numRuns: 1_000 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});
