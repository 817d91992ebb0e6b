import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Calendar, instantOf } from "@ithaca/domain";
import { shippedCalendars } from "@ithaca/policy";
import { describe, expect, test } from "vitest";
import { type FakeWorld, runIn, type Sent, SIGNED_IN } from "../fake-world.ts";

/** Wednesday 10:00 in New York; Thanksgiving Day is the day after. */
const NOW = instantOf("2026-11-25T15:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "ithaca-calendars-"));

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return path;
}

const ask = (args: readonly string[], fake: FakeWorld = {}) => runIn(["calendar", ...args], { now: NOW, ...fake });
const mainHours = shippedCalendars().find(({ id }) => id === "main-hours") as Calendar;

describe("when nobody is asked but this machine", () => {
  test.each<[string, string[], string]>([
    ["list", ["list"], "main-hours\t1\tmain\tAmerica/New_York\topen\tMain support\n"],
    ["next", ["next", "main-hours", "--at", "2026-11-26T10:00"], "closed\t2026-11-27T13:00:00.000Z"],
    ["add", ["add", "main-hours", "2026-11-25T18:30", "12h"], "2026-11-27T23:30:00.000Z\n"],
    ["add", ["add", "main-hours", "2026-11-25T23:30:00Z", "1h30m"], "2026-11-26T01:00:00.000Z\n"],
    ["add --back", ["add", "main-hours", "now", "90", "--back"], "2026-11-25T13:30:00.000Z\n"],
    ["add --zone", ["add", "main-hours", "2026-11-25T16:00", "60", "--zone", "UTC"], "2026-11-25T17:00:00.000Z\n"],
    ["between", ["between", "main-hours", "2026-11-25T10:00", "2026-11-30"], "1320\n"],
    [
      "openings",
      ["openings", "main-hours", "now", "2026-11-28"],
      "2026-11-25T15:00:00.000Z\t2026-11-26T01:00:00.000Z\n2026-11-27T13:00:00.000Z\t2026-11-28T01:00:00.000Z\n",
    ],
    ["between, turned round", ["between", "main-hours", "now", "2026-11-25T14:59:30Z"], "-0.5\n"],
    ["show", ["show", "main-hours"], "2026-11-26\tclosed\tdate-holidays US\tThanksgiving Day\n"],
  ])("%s answers by the calendars that ship: %o", async (_, args, expected) => {
    const { exitCode, out, sent } = await ask([...args, "--shipped"]);
    expect(exitCode).toBe(0);
    expect(out).toContain(expected);
    expect(sent).toEqual([]);
  });

  test("a machine that knows no desk says that it goes by what ships", async () => {
    const { exitCode, err } = await ask(["list"]);
    expect([exitCode, err]).toEqual([0, expect.stringContaining("the calendars that ship")]);
  });

  test("a file takes the place of what ships", async () => {
    const file = fileOf("closed.json", { calendar: { ...mainHours, week: { "1": [["10:00", "11:00"]] } } });
    const { out } = await ask(["add", "main-hours", "now", "30", "-F", file]);
    expect(out).toBe("2026-11-30T15:30:00.000Z\n");
  });

  test("an explanation names the holiday, adds up, is added up again, and is drawn", async () => {
    const svg = join(folder, "why.svg");
    const args = ["explain", "main-hours", "2026-11-25T18:30", "12h", "--shipped", "--check", "--svg", svg];
    const { exitCode, out, err } = await ask(args, { isTerminal: true });
    expect(exitCode).toBe(0);
    expect(out).toContain("holiday: Thanksgiving Day");
    expect(out).toContain("Counted 12 h until Fri 27 Nov 2026 18:30 (America/New_York), calendar main-hours 1.");
    expect(err).toContain("counts 12 h too");
    expect(readFileSync(svg, "utf8")).toContain("<title>12 h of main-hours");
  });

  test("gaps are listed with their holidays, and drawn", async () => {
    const svg = join(folder, "year.svg");
    const { out } = await ask(["gaps", "--shipped", "--months", "6", "--svg", svg], { isTerminal: true });
    expect(out).toContain("Thanksgiving Day (main)");
    expect(out).toMatch(/^2027-03-14\s+America\/New_York\s+/m);
    expect(readFileSync(svg, "utf8")).toContain("in 2026</title>");
    const { out: json } = await ask(["gaps", "--shipped", "--json=from,until"]);
    expect(JSON.parse(json)).toEqual({ from: "2026-11-25T15:00:00.000Z", until: "2028-11-25T15:00:00.000Z" });
  });

  test.each<[string, string[], number, string]>([
    ["an unknown calendar", ["show", "night", "--shipped"], 4, "there are: main-hours"],
    ["a version that is not there", ["next", "main-hours", "--shipped", "--version", "7"], 4, "Version 7"],
    ["a version that is none", ["next", "main-hours", "--shipped", "--version", "0"], 2, "whole number"],
    ["an instant that is none", ["add", "main-hours", "soon", "1h", "--shipped"], 2, "soon is no instant"],
    ["a day that does not exist", ["add", "main-hours", "2026-02-30", "1h", "--shipped"], 2, "is no instant"],
    ["an instant that is far", ["next", "main-hours", "--at", "3026-01-01", "--shipped"], 2, "1970 and 2199"],
    ["a length that is none", ["add", "main-hours", "now", "long", "--shipped"], 2, "no length of open time"],
    ["a zone that is none", ["list", "--shipped", "--zone", "Nowhere"], 2, "no time zone"],
    ["no end of an explanation", ["explain", "main-hours", "now", "--shipped"], 2, "Until when?"],
    [
      "a thousand years",
      ["explain", "main-hours", "now", "--until", "2190-01-01", "--shipped"],
      1,
      "by 400 days at most",
    ],
    ["openings of a thousand years", ["openings", "main-hours", "now", "2190-01-01", "--shipped"], 1, "400 days"],
    [
      "openings turned round",
      ["openings", "main-hours", "now", "2026-11-01", "--shipped"],
      1,
      "at or after 2026-11-25",
    ],
    ["two hundred years between", ["between", "main-hours", "1971-01-01", "2171-01-01", "--shipped"], 1, "36525 days"],
    ["more than ten years of minutes", ["add", "main-hours", "now", "5260321", "--shipped"], 1, "5260320"],
    ["more than two years of gaps", ["gaps", "--months", "25", "--shipped"], 1, "24 at most"],
    ["what never comes", ["add", "main-hours", "2199-12-01", "900000m", "--shipped"], 1, "2199"],
    ["two sources", ["list", "--shipped", "-F", "x"], 2, "one of them"],
  ])("%s is refused in words", async (_, args, code, words) => {
    const { exitCode, err } = await ask(args);
    expect([exitCode, err]).toEqual([code, expect.stringContaining(words)]);
  });
});

describe("when a calendar of a file cannot be used", () => {
  const spoiled = (change: object) => JSON.stringify({ ...mainHours, holidays: [], ...change }, null, 2);

  test.each<[string, string, string]>([
    [
      "hours that overlap",
      spoiled({
        week: {
          "1": [
            ["08:00", "12:00"],
            ["11:00", "20:00"],
          ],
        },
      }),
      "/week/1",
    ],
    ["an unknown zone", spoiled({ zone: "Mars/Olympus" }), "line 5, /zone: Mars/Olympus"],
    [
      "a holiday that is no date",
      spoiled({ holidays: [{ on: "2026-02-30", name: "?", source: { kind: "hand" } }] }),
      "/holidays/0/on",
    ],
    ["one that never opens", spoiled({ week: {} }), "/week"],
    ["a file that is cut off", spoiled({}).slice(0, -2), "is not JSON"],
  ])("%s is named with its line", async (_, text, place) => {
    const { exitCode, err } = await ask(["list", "-F", fileOf("bad.json", text)]);
    expect(exitCode).toBe(1);
    expect(err).toContain(place);
    expect(err).toMatch(/line \d+/);
  });
});

describe("when a desk is asked", () => {
  const answered = (body: object) => ({
    profile: { ...SIGNED_IN, tokens: { ...SIGNED_IN.tokens, expiresAt: instantOf("2026-11-25T16:00:00Z") } } as never,
    answer: (_: Sent) => Response.json(body),
  });

  test("it gets the question as it is, and its answer is shown", async () => {
    const told = { id: "main-hours", version: 3, zone: "America/New_York", start: "x", minutes: 90 };
    const { out, sent } = await ask(
      ["add", "main-hours", "now", "1h30m", "--version", "3"],
      answered({ ...told, due: "2026-11-25T16:30:00.000Z" }),
    );
    expect(out).toBe("2026-11-25T16:30:00.000Z\n");
    expect(sent.map(({ url }) => url)).toEqual([
      "https://desk.example/v1/calendars/main-hours/add?start=2026-11-25T15%3A00%3A00.000Z&minutes=90&version=3",
    ]);
  });

  test("the history says who made which version when and why", async () => {
    const versions = [
      { version: 2, inForceFrom: "2026-12-01T00:00:00Z", at: "2026-11-25T15:00:00Z", by: "max", reason: "Eve" },
    ];
    const { out } = await ask(["history", "main-hours"], answered({ calendar: mainHours, inForce: 1, versions }));
    expect(out).toBe("2\t2026-12-01T00:00:00Z\t2026-11-25T15:00:00Z\tmax\tEve\n");
  });
});

describe("when another engine is compared", () => {
  const calendar = { tz: "UTC", week: { "1": [["08:00", "12:00"]] }, holidays: [] };
  const vector = { id: "a", op: "add", calendar, start: "2026-11-23T08:00:00Z", minutes: 60 };
  const right = JSON.stringify({ ...vector, due: "2026-11-23T09:00:00Z" });
  const wrong = JSON.stringify({ ...vector, due: "2026-11-23T09:01:00Z" });

  test("each disagreement is printed, and the command ends with 1", async () => {
    const { exitCode, out, err } = await ask(["vectors", fileOf("v.jsonl", [right, wrong, "{}"].join("\n"))]);
    expect(exitCode).toBe(1);
    expect(out).toContain("2: a: add: the file says 2026-11-23T09:01:00.000Z, we say 2026-11-23T09:00:00.000Z\n");
    expect(out).toContain("3: no vector: ");
    expect(err).toContain("1 of 2 vectors disagree, and 1 lines are none");
  });

  test("agreement is said, and nothing to compare is not agreement", async () => {
    expect((await ask(["vectors", fileOf("v.jsonl", right)])).out).toBe("1 vectors agree.\n");
    expect((await ask(["vectors", fileOf("v.jsonl", "\n")])).exitCode).toBe(1);
  });
});

const ICS = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//test//EN",
  "BEGIN:VEVENT",
  "UID:1@test",
  "DTSTAMP:20260101T000000Z",
  "DTSTART;VALUE=DATE:20261127",
  "DTEND;VALUE=DATE:20261128",
  "SUMMARY:Day off",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

describe("when holidays are imported", () => {
  const importing = (text: string, ...more: string[]) =>
    ask(["import", fileOf("days.ics", text), "--into", "main-hours", "--shipped", ...more]);

  test("the calendar is printed with them beside its own, and their source", async () => {
    const { exitCode, out } = await importing(ICS);
    expect(exitCode).toBe(0);
    const { holidays }: Calendar = JSON.parse(out);
    expect(holidays).toHaveLength(mainHours.holidays.length + 1);
    expect(holidays).toContainEqual({
      on: "2026-11-27",
      name: "Day off",
      source: { kind: "ics", file: "days.ics", uid: "1@test" },
    });
  });

  test("its own of these years go when they are to be replaced, and those of others stay", async () => {
    const { out } = await importing(ICS, "--replace", "--years", "2026-2026");
    const { holidays }: Calendar = JSON.parse(out);
    expect(holidays.filter(({ on }) => on.startsWith("2026")).map(({ name }) => name)).toEqual(["Day off"]);
    expect(holidays.some(({ on }) => on.startsWith("2027"))).toBe(true);
  });

  const ofCountry = (...more: string[]) => ask(["import", "--into", "au-hours", "--shipped", ...more]);
  const datesIn = (out: string, year: string) =>
    (JSON.parse(out) as Calendar).holidays.filter(({ on }) => on.startsWith(year)).map(({ on }) => on.slice(5));

  test("those of a country and a state come by its codes, with substitutes and their source", async () => {
    const { exitCode, out } = await ofCountry("--country", "au", "--state", "nsw", "--years", "2033-2034");
    expect(exitCode).toBe(0);
    expect(datesIn(out, "2033")).toEqual(
      "01-01 01-03 01-26 04-15 04-16 04-17 04-18 04-25 06-13 10-03 12-25 12-26 12-27".split(" "),
    );
    expect(JSON.parse(out).holidays.at(-1)).toMatchObject({
      on: "2034-12-26",
      name: "Boxing Day",
      source: { kind: "date-holidays", country: "AU", state: "NSW" },
    });
    expect(datesIn(out, "2031")).not.toEqual([]);
    expect(datesIn(out, "2035")).toEqual([]);
  });

  test("other kinds, regions and languages are asked for, and a part of a day leaves the rest of its hours", async () => {
    const bank = await ofCountry("--country", "AU", "--state", "NSW", "--years", "2033-2033", "--kinds", "public,bank");
    expect(datesIn(bank.out, "2033")).toContain("08-01");
    const region = await ofCountry("--country", "DE", "--state", "BY", "--region", "A", "--years", "2033-2033");
    expect(JSON.parse(region.out).holidays.at(-1).name).toBe("2. Weihnachtstag");
    const iceland = await ofCountry("--country", "IS", "--language", "en", "--years", "2026-2026", "--replace");
    expect(JSON.parse(iceland.out).holidays).toContainEqual(
      expect.objectContaining({ on: "2026-12-24", name: "Christmas Eve", hours: [["09:00", "13:00"]] }),
    );
  });

  test.each<[string, string[], string]>([
    ["a country that nobody knows", ["--country", "XX"], "no holidays are known for XX; write ISO 3166 codes"],
    ["a state that is none of it", ["--country", "US", "--state", "NSW"], "no holidays are known for US-NSW"],
    ["a kind that there is not", ["--country", "US", "--kinds", "public,fun"], "fun is no kind of holiday"],
    ["neither a file nor a country", [], "Give an .ics file or --country"],
    ["both", ["days.ics", "--country", "US"], "Give an .ics file or --country"],
    ["a file and a state", ["days.ics", "--state", "NSW"], "--state goes with --country"],
    ["a region of no state", ["--country", "DE", "--region", "A"], "--region goes with --state"],
  ])("%s is a usage that is told", async (_, args, words) => {
    const { exitCode, out, err } = await ofCountry(...args);
    expect([exitCode, out, err]).toEqual([2, "", expect.stringContaining(words)]);
  });

  test.each<[string, string, string[], number, string]>([
    ["a file that is cut off", ICS.slice(0, 120), [], 1, "line"],
    ["a file of other years", ICS, ["--years", "2030-2031"], 1, "no holidays from 2030 to 2031"],
    ["years that are none", ICS, ["--years", "next"], 2, "write 2027-2030"],
  ])("%s is refused", async (_, text, more, code, words) => {
    const { exitCode, out, err } = await importing(text, ...more);
    expect([exitCode, out, err]).toEqual([code, "", expect.stringContaining(words)]);
  });
});
