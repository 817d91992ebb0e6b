import type { Holiday } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { ICS_LIMITS } from "./ics-structure.ts";
import { type IcsReading, importIcs } from "./import-ics.ts";

const newYork: IcsReading = {
  zone: "America/New_York",
  years: { from: 2025, to: 2027 },
  week: { "3": [["08:00", "20:00"]], "4": [["08:00", "20:00"]], "5": [["08:00", "20:00"]] },
  file: "ours.ics",
};

function file(...lines: string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

function event(...lines: string[]): string[] {
  return ["BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z", "SUMMARY:Fair", ...lines, "END:VEVENT"];
}

/** A file of so many events with the same lines, of five lines each when there are two. */
function many(count: number, ...lines: string[]): string {
  return file(
    ...Array.from({ length: count }, (_, id) => ["BEGIN:VEVENT", `UID:${id}`, ...lines, "END:VEVENT"]).flat(),
  );
}

function imported(text: string, reading = newYork): readonly Holiday[] {
  const found = importIcs(text, reading);
  if (found.kind === "refused") throw new Error(JSON.stringify(found.problems));
  return found.holidays;
}

function rows(...lines: string[]) {
  return imported(file(...event(...lines))).map(({ on, hours }) => (hours === undefined ? on : [on, ...hours]));
}

describe("an event of an iCalendar file", () => {
  test("is a holiday with its name and where it comes from", () => {
    expect(imported(file(...event("DTSTART;VALUE=DATE:20260704")))).toEqual([
      { on: "2026-07-04", name: "Fair", source: { kind: "ics", file: "ours.ics", uid: "1@example.com" } },
    ]);
  });

  test.each<[string, string[], unknown[]]>([
    [
      "of some days",
      ["DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260707"],
      ["2026-07-04", "2026-07-05", "2026-07-06"],
    ],
    ["with a duration", ["DTSTART;VALUE=DATE:20260704", "DURATION:P2D"], ["2026-07-04", "2026-07-05"]],
    [
      "that repeats, with an exception",
      ["DTSTART;VALUE=DATE:20200704", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20260704"],
      ["2025-07-04", "2027-07-04"],
    ],
    [
      "on a weekday of a month",
      ["DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"],
      ["2025-11-27", "2026-11-26", "2027-11-25"],
    ],
    [
      "on a date that is written with noughts, and a semicolon at the end",
      ["DTSTART;VALUE=DATE:20200704", "RRULE:FREQ=YEARLY;INTERVAL=01;BYMONTH=07;BYMONTHDAY=04;"],
      ["2025-07-04", "2026-07-04", "2027-07-04"],
    ],
    [
      "on a day of the year",
      ["DTSTART;VALUE=DATE:20200409", "RRULE:FREQ=YEARLY;BYYEARDAY=100;UNTIL=20261231"],
      ["2025-04-10", "2026-04-10"],
    ],
    [
      "on the last day of a month",
      ["DTSTART;VALUE=DATE:20251231", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"],
      ["2025-12-31", "2026-01-31", "2026-02-28"],
    ],
    [
      "that repeats a few times",
      ["DTSTART;VALUE=DATE:20261230", "RRULE:FREQ=DAILY;COUNT=3"],
      ["2026-12-30", "2026-12-31", "2027-01-01"],
    ],
    ["that is long past", ["DTSTART;VALUE=DATE:20200101"], []],
    [
      "that began before and is still on",
      ["DTSTART;VALUE=DATE:20241230", "DTEND;VALUE=DATE:20250103"],
      ["2025-01-01", "2025-01-02"],
    ],
    [
      "of an afternoon in the zone",
      ["DTSTART;TZID=America/New_York:20261125T120000", "DTEND;TZID=America/New_York:20261125T200000"],
      [["2026-11-25", ["08:00", "12:00"]]],
    ],
    [
      "of an afternoon, in UTC",
      ["DTSTART:20261125T170000Z", "DTEND:20261126T010000Z"],
      [["2026-11-25", ["08:00", "12:00"]]],
    ],
    [
      "of a morning without a zone",
      ["DTSTART:20261125T000000", "DTEND:20261125T100000"],
      [["2026-11-25", ["10:00", "20:00"]]],
    ],
    // Midnight to midnight in Sydney is 08:00 to 08:00 in New York.
    [
      "of a day in another zone",
      ["DTSTART;TZID=Australia/Sydney:20261126T000000", "DTEND;TZID=Australia/Sydney:20261127T000000"],
      [["2026-11-25"], ["2026-11-26", ["08:00", "20:00"]]],
    ],
    [
      "in a zone by its Windows name",
      ["DTSTART;TZID=Eastern Standard Time:20261125T120000", "DTEND;TZID=Eastern Standard Time:20261125T130000"],
      [["2026-11-25", ["08:00", "12:00"], ["13:00", "20:00"]]],
    ],
    [
      "in a zone by the name that Outlook shows",
      [
        'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20261125T120000',
        'DTEND;TZID="(UTC-05:00) Eastern Time (US & Canada)":20261125T130000',
      ],
      [["2026-11-25", ["08:00", "12:00"], ["13:00", "20:00"]]],
    ],
    [
      "that repeats, but for a noon by its zone",
      [
        "DTSTART;TZID=America/New_York:20261125T120000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=3",
        'EXDATE;TZID="America/New_York":20261126T120000',
      ],
      [
        ["2026-11-25", ["08:00", "12:00"], ["13:00", "20:00"]],
        ["2026-11-27", ["08:00", "12:00"], ["13:00", "20:00"]],
      ],
    ],
    ["of centuries", ["DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:20250102"], ["2025-01-01"]],
    [
      "of a noon each week",
      [
        "DTSTART;TZID=America/New_York:20261029T120000",
        "DTEND;TZID=America/New_York:20261029T130000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
      ],
      [
        ["2026-10-29", ["08:00", "12:00"], ["13:00", "20:00"]],
        ["2026-11-05", ["08:00", "12:00"], ["13:00", "20:00"]],
      ],
    ],
    [
      "from noon to noon",
      ["DTSTART:20261125T120000", "DTEND:20261126T120000"],
      [
        ["2026-11-25", ["08:00", "12:00"]],
        ["2026-11-26", ["12:00", "20:00"]],
      ],
    ],
    ["that was called off", ["DTSTART;VALUE=DATE:20260704", "STATUS:CANCELLED"], []],
  ])("%s", (_what, lines, expected) => {
    expect(rows(...lines)).toEqual(expected);
  });

  test("that takes a part of a date closes all of it when no hours are known", () => {
    const { week: _week, ...reading } = newYork;
    expect(imported(file(...event("DTSTART:20261125T120000", "DTEND:20261125T130000")), reading)).toMatchObject([
      { on: "2026-11-25" },
    ]);
  });

  test("has a name in one line, however it is written", () => {
    const lines = event("DTSTART;VALUE=DATE:20260704").map((line) =>
      line.replace("Fair", "Spring\\nfair \u0007\\, day\r\n  two"),
    );
    expect(imported(file(...lines))[0]?.name).toBe("Spring fair , day two");
    const nameless = event("DTSTART;VALUE=DATE:20260704").filter((line) => !line.startsWith("SUMMARY"));
    expect(imported(file(...nameless))[0]?.name).toBe("Closed");
  });

  test("may stand in a file with a byte order mark, or with lines that end otherwise", () => {
    const text = file(...event("DTSTART;VALUE=DATE:20260704"));
    expect(imported(`\uFEFF${text}`)).toEqual(imported(text));
    expect(imported(text.replaceAll("\r\n", "\n"))).toEqual(imported(text));
  });

  test("may be without an id", () => {
    const lines = event("DTSTART;VALUE=DATE:20260704").filter((line) => !line.startsWith("UID"));
    expect(imported(file(...lines))).toMatchObject([{ on: "2026-07-04", source: { kind: "ics", file: "ours.ics" } }]);
  });

  test("shares its date with another", () => {
    const other = event("DTSTART:20261125T160000", "DTEND:20261125T170000").map((line) =>
      line.replace("1@example.com", "2@example.com").replace("Fair", "Party"),
    );
    expect(imported(file(...event("DTSTART:20261125T120000", "DTEND:20261125T130000"), ...other))).toMatchObject([
      {
        on: "2026-11-25",
        name: "Fair and Party",
        hours: [
          ["08:00", "12:00"],
          ["13:00", "16:00"],
          ["17:00", "20:00"],
        ],
      },
    ]);
  });

  test("may have one repetition moved", () => {
    const moved = event("RECURRENCE-ID;VALUE=DATE:20260704", "DTSTART;VALUE=DATE:20260706");
    const all = file(...event("DTSTART;VALUE=DATE:20200704", "RRULE:FREQ=YEARLY"), ...moved);
    expect(imported(all).map(({ on }) => on)).toEqual(["2025-07-04", "2026-07-06", "2027-07-04"]);
  });
});

describe("a file that is refused, naming the line and the field", () => {
  const good = event("DTSTART;VALUE=DATE:20260704");
  test.each<[string, string, { line: number; field: string; problem: string }]>([
    ["nothing", "", { line: 1, field: "BEGIN", problem: "does not begin" }],
    ["something else", "<html>", { line: 1, field: "BEGIN", problem: "does not begin" }],
    [
      "cut off in an event",
      file(...good).split("END:VEVENT")[0] ?? "",
      { line: 4, field: "BEGIN", problem: "VEVENT has no end" },
    ],
    [
      "cut off after an event",
      file(...good).replace("END:VCALENDAR", ""),
      { line: 1, field: "BEGIN", problem: "VCALENDAR has no end" },
    ],
    ["an end too many", file("END:VEVENT"), { line: 4, field: "END", problem: "END:VEVENT ends nothing" }],
    [
      "an event in an event",
      file("BEGIN:VEVENT", ...good, "END:VEVENT"),
      { line: 5, field: "BEGIN", problem: "a VEVENT lies in another" },
    ],
    [
      "a calendar in a calendar",
      file("BEGIN:VCALENDAR", "END:VCALENDAR"),
      { line: 4, field: "BEGIN", problem: "a VCALENDAR lies in another" },
    ],
    [
      "deep nesting",
      file("BEGIN:A", "BEGIN:B", "BEGIN:C", "END:C", "END:B", "END:A"),
      { line: 6, field: "BEGIN", problem: "more than 3 deep" },
    ],
    ["no start", file(...event("DTEND;VALUE=DATE:20260704")), { line: 4, field: "DTSTART", problem: "no start" }],
    [
      "a start that is no date",
      file(...event("DTSTART;VALUE=DATE:20260231")),
      { line: 8, field: "DTSTART", problem: "20260231 is no date or time" },
    ],
    [
      "an end that is no time",
      file(...event("DTSTART:20260228T080000", "DTEND:20260228T250000")),
      { line: 9, field: "DTEND", problem: "is no date or time" },
    ],
    [
      "a start before all others",
      file(...event("DTSTART;VALUE=DATE:18991231")),
      { line: 8, field: "DTSTART", problem: "is no date or time" },
    ],
    [
      "a zone that nobody knows",
      file(...event("DTSTART;TZID=Mars/X:20260704T080000")),
      { line: 8, field: "DTSTART", problem: "zone Mars/X" },
    ],
    [
      "a zone that nobody knows, of an event without an id",
      file("BEGIN:VEVENT", "DTSTART;TZID=Mars/X:20260704T080000", "END:VEVENT"),
      { line: 5, field: "DTSTART", problem: "zone Mars/X" },
    ],
    [
      "an end in a zone that nobody knows",
      file(...event("DTSTART;TZID=America/New_York:20260704T080000", "DTEND;TZID=Mars/X:20260704T090000")),
      { line: 9, field: "DTEND", problem: "zone Mars/X" },
    ],
    [
      "an exception in a zone that nobody knows",
      file(
        ...event(
          "DTSTART;TZID=America/New_York:20260704T080000",
          "RRULE:FREQ=DAILY;COUNT=3",
          "EXDATE;TZID=Mars/X:20260705T080000",
        ),
      ),
      { line: 10, field: "EXDATE", problem: "no event starts in the zone Mars/X" },
    ],
    [
      "an end before the start",
      file(...event("DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260701")),
      { line: 9, field: "DTEND", problem: "ends before it starts" },
    ],
    ...[
      ["an end before the start", "DTSTART;VALUE=DATE:20260710", "DTEND;VALUE=DATE:20260708", "ends before it starts"],
      ["an end in a zone that nobody knows", "DTSTART:20260705T080000Z", "DTEND;TZID=Mars/X:20260705T090000", "Mars/X"],
    ].map(
      ([what, start = "", end = "", problem = ""]): [
        string,
        string,
        { line: number; field: string; problem: string },
      ] => [
        `${what}, of what replaces a repetition, behind another that does`,
        file(
          ...event("DTSTART;VALUE=DATE:20260704", "RRULE:FREQ=DAILY;COUNT=3"),
          ...event("RECURRENCE-ID;VALUE=DATE:20260706", "DTSTART;VALUE=DATE:20260709"),
          ...event("RECURRENCE-ID;VALUE=DATE:20260705", start, end),
        ),
        { line: 24, field: "DTEND", problem },
      ],
    ),
    [
      "an event each second",
      file(...event("DTSTART:20260704T080000Z", "RRULE:FREQ=SECONDLY")),
      { line: 9, field: "RRULE", problem: "not SECONDLY" },
    ],
    [
      "an event without a frequency",
      file(...event("DTSTART:20260704T080000Z", "RRULE:COUNT=2")),
      { line: 9, field: "RRULE", problem: "not without FREQ" },
    ],
    [
      "an event each minute of a day",
      file(...event("DTSTART:20260704T080000Z", "RRULE:FREQ=DAILY;BYMINUTE=1,2,3")),
      { line: 9, field: "RRULE", problem: "not repeat within a day" },
    ],
    ...[
      ["FREQ=DAILY;UNTIL=soon", "UNTIL=SOON is no part"],
      ["FREQ=DAILY;UNTIL=20269931", "UNTIL=20269931 is no part"],
      ["FREQ=DAILY;UNTIL=20260230T080000Z", "UNTIL=20260230T080000Z is no part"],
      ["FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is no part"],
      ["FREQ=DAILY;COUNT=x", "COUNT=X is no part"],
      ["FREQ=DAILY;COUNT=0", "COUNT=0 is no part"],
      ["FREQ=DAILY;COUNT=10000", "COUNT=10000 is no part"],
      ["FREQ=YEARLY;BYMONTH=13", "BYMONTH=13 is no part"],
      ["FREQ=MONTHLY;BYDAY=1XX", "BYDAY=1XX is no part"],
      ["FREQ=MONTHLY;BYMONTHDAY=1,32", "BYMONTHDAY=1,32 is no part"],
      ["FREQ=YEARLY;BYEASTER=1", "BYEASTER=1 is no part"],
      ["FREQ=YEARLY;;COUNT=2", " is no part"],
      ["FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY=367 is no part"],
      ["FREQ=YEARLY;BYWEEKNO=00", "BYWEEKNO=00 is no part"],
      ["FREQ=YEARLY;COUNT=2;COUNT=3", "something twice"],
      ["FREQ=YEARLY;COUNT=2;UNTIL=20300101", "by COUNT or by UNTIL"],
    ].map(([rule = "", problem = ""]): [string, string, { line: number; field: string; problem: string }] => [
      `a rule that cannot be followed, ${rule}`,
      file(...event("DTSTART;VALUE=DATE:20260704", `RRULE:${rule}`)),
      { line: 9, field: "RRULE", problem },
    ]),
    [
      "a rule that leads nowhere",
      file(...event("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30")),
      { line: 9, field: "RRULE", problem: "cannot be followed" },
    ],
    [
      "too many events that repeat",
      many(ICS_LIMITS.repeating + 1, "DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY"),
      { line: 4 + 5 * ICS_LIMITS.repeating + 3, field: "RRULE", problem: "more than 300 events repeat" },
    ],
    [
      "events that repeat too often",
      many(3, "DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=YEARLY;BYYEARDAY=1,2,3;COUNT=9999"),
      { line: 17, field: "RRULE", problem: "repeat more than 20000 times" },
    ],
    [
      "events that take more days than there can be",
      many(ICS_LIMITS.events, "DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:99991231"),
      { line: 94, field: "VEVENT", problem: "more than 20000 days" },
    ],
    [
      "an event of years that repeats each day",
      file(...event("DTSTART;VALUE=DATE:20250101", "DTEND;VALUE=DATE:20280101", "RRULE:FREQ=DAILY")),
      { line: 4, field: "VEVENT", problem: "more than 20000 days" },
    ],
    [
      "single repetitions",
      file(...event("DTSTART;VALUE=DATE:20260704", "RDATE;VALUE=DATE:20260705")),
      { line: 9, field: "RDATE", problem: "not read" },
    ],
    ["the same id twice", file(...good, ...good), { line: 11, field: "UID", problem: "same UID" }],
    [
      "a long line",
      file(`X-LONG:${"x".repeat(ICS_LIMITS.lineLength)}`),
      { line: 4, field: "X-LONG", problem: "longer than 10000" },
    ],
    [
      "a line that is folded without end",
      file("X-LONG:x", ...Array(ICS_LIMITS.lineLength / 10).fill(` ${"x".repeat(10)}`)),
      { line: 4, field: "X-LONG", problem: "longer than 10000" },
    ],
    [
      "too many lines",
      file(...Array(ICS_LIMITS.lines).fill("X-A:1")),
      { line: 1, field: "VCALENDAR", problem: "more than 40000 properties" },
    ],
    [
      "too many events",
      file(...Array(ICS_LIMITS.events + 1).fill("BEGIN:VEVENT\r\nEND:VEVENT")),
      { line: 1, field: "VEVENT", problem: "more than 2000 events" },
    ],
    [
      "a huge file",
      `${file(...good)}${" ".repeat(ICS_LIMITS.bytes)}`,
      { line: 1, field: "VCALENDAR", problem: "longer than 1000000" },
    ],
  ])("%s", (_what, text, { line, field, problem }) => {
    const found = importIcs(text, newYork);
    expect(found).toMatchObject({
      kind: "refused",
      problems: [{ line, field, problem: expect.stringContaining(problem) }],
    });
  });

  test("more holidays than a calendar holds", () => {
    const daily = file(...event("DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY"));
    const found = importIcs(daily, { ...newYork, years: { from: 2025, to: 2035 } });
    expect(found).toMatchObject({
      kind: "refused",
      problems: [{ problem: expect.stringContaining("a calendar holds 2000") }],
    });
  });
});
