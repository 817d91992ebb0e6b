import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DAY_MS, dateOfDay, HOUR_MS, instantOf, type LocalDate } from "@ithaca/domain";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { opsCommand, signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { CALENDAR_IDS, now } from "./test-rules.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);
const ops = opsCommand(desk);
const HOURS = CALENDAR_IDS.open;
const HOLIDAY = "Founders' Day";
/** Each command is a process, which takes its time on a busy machine. */
const IMPORTING = { timeout: 180_000 };

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

/** The hours of the test desk began an hour ago: the date on which they begin the next time. */
function nextOpeningDate(): LocalDate {
  return dateOfDay(Math.floor((now() - HOUR_MS) / DAY_MS) + 1);
}

type CalendarJson = Awaited<ReturnType<typeof agent.calendars.read>>["calendar"];

/** The calendar in force with something changed, in a file. */
async function edited(change: (calendar: CalendarJson) => object): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "ithaca-calendar-")), "calendar.json");
  const { calendar } = await agent.calendars.read(HOURS);
  writeFileSync(file, JSON.stringify({ ...calendar, ...change(calendar) }, null, 2));
  return file;
}

async function openedCase(): Promise<{ number: string; dueAt: number; receivedAt: number }> {
  const { number, dueAt, receivedAt } = await customer.sendMessage(message({ requestedPriority: "medium" }));
  return { number, dueAt: Date.parse(dueAt ?? ""), receivedAt: Date.parse(receivedAt) };
}

describe("when a holiday is added to a calendar", () => {
  test("a case that is opened afterwards is due a day later, and the explanation names the holiday", async () => {
    const before = await openedCase();
    const holiday = { on: nextOpeningDate(), name: HOLIDAY, source: { kind: "hand" } };
    const file = await edited(({ holidays }) => ({ holidays: [...holidays, holiday] }));
    const { version } = (await agent.calendars.read(HOURS)).calendar;
    const applied = JSON.parse(
      await ops.run("calendar", "apply", file, "--by", "ops", "--reason", "A day off", "--json"),
    );
    expect(applied).toMatchObject({ id: HOURS, version: version + 1 });
    await sleep(Date.parse(applied.inForceFrom) - Date.now());

    const after = await openedCase();
    expect(after.dueAt - before.dueAt).toBe(DAY_MS + after.receivedAt - before.receivedAt);
    const explained = await agent.cases.explain(after.number, "first-response");
    expect(explained.spans).toContainEqual(expect.objectContaining({ reason: "holiday", holiday: HOLIDAY }));

    const ana = await signedInCommand(desk, ANA);
    expect(await ana.run("case", "explain", after.number)).toContain(`holiday: ${HOLIDAY}`);
    const start = new Date(after.receivedAt).toISOString();
    const reckoned = await ana.run("calendar", "explain", HOURS, start, "5h", "--check");
    expect(reckoned).toContain(`holiday: ${HOLIDAY}`);
    expect(instantOf((await ana.run("calendar", "add", HOURS, start, "5h")).trim())).toBe(after.dueAt);
    expect(await ana.run("calendar", "history", HOURS)).toMatch(
      new RegExp(`^${version + 1}\t.*\tops\tA day off$`, "m"),
    );
    const old = await ana.run("calendar", "add", HOURS, start, "5h", "--version", String(version));
    expect(instantOf(old.trim())).toBe(after.dueAt - DAY_MS);
  });
});

describe("when the holidays of a year come as an iCalendar file", () => {
  test("they are looked at, applied, and every question about that day is answered by them", IMPORTING, async () => {
    const ana = await signedInCommand(desk, ANA);
    const dayOf = Math.floor((now() - HOUR_MS) / DAY_MS) + 3;
    const on = dateOfDay(dayOf);
    // The hours of the test desk may end after midnight: those that begin on that day are meant.
    const around = await ana.run("calendar", "openings", HOURS, `${on}T00:00`, `${dateOfDay(dayOf + 1)}T12:00`);
    const [opens = "", closes = ""] =
      linesOf(around)
        .findLast((line) => line.startsWith(on))
        ?.split("\t") ?? [];
    const told = async () => ({
      openings: linesOf(await ana.run("calendar", "openings", HOURS, opens, closes)).length,
      minutes: Number(await ana.run("calendar", "between", HOURS, opens, closes)),
      next: (await ana.run("calendar", "next", HOURS, "--at", opens)).split("\t")[0],
    });
    const before = await told();
    expect(before).toEqual({ openings: 1, minutes: 5 * 60, next: "open" });
    expect(await ana.run("calendar", "show", HOURS)).not.toContain("Regatta Day");

    const ics = icsFile(on, "Regatta Day");
    const into = ["calendar", "import", ics, "--into", HOURS] as const;
    expect(JSON.parse(await ana.run(...into)).holidays).toContainEqual(
      expect.objectContaining({ on, name: "Regatta Day" }),
    );
    const ofCountry = ["calendar", "import", "--country", "US", "--into", HOURS, "--years", "2033-2033"] as const;
    expect(JSON.parse(await ana.run(...ofCountry)).holidays).toContainEqual(
      expect.objectContaining({ on: "2033-11-24", name: "Thanksgiving Day" }),
    );
    expect(await told()).toEqual(before);
    const applied = JSON.parse(await ana.run(...into, "--reason", "The regatta", "--json"));
    await sleep(Date.parse(applied.inForceFrom) - Date.now());

    expect(await told()).toEqual({ openings: 0, minutes: 0, next: "closed" });
    expect(await ana.run("calendar", "show", HOURS)).toMatch(
      new RegExp(`^${on}\tclosed\tregatta\\.ics\tRegatta Day$`, "m"),
    );
  });

  test("a file that is none is refused by its lines, and nothing changes", IMPORTING, async () => {
    const ana = await signedInCommand(desk, ANA);
    const { version } = (await agent.calendars.read(HOURS)).calendar;
    const { exitCode, errors } = await ana.tryTo("calendar", "import", icsFile("tomorrow", "Never"), "--into", HOURS);
    expect([exitCode, errors]).toEqual([1, expect.stringContaining("DTSTART")]);
    expect((await agent.calendars.read(HOURS)).calendar.version).toBe(version);
  });
});

const linesOf = (printed: string) => printed.split("\n").filter((line) => line !== "");

/** An iCalendar file with one holiday. */
function icsFile(on: string, name: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "ithaca-ics-")), "regatta.ics");
  const event = [
    "BEGIN:VEVENT",
    "UID:regatta@desk.example",
    `DTSTART;VALUE=DATE:${on.replaceAll("-", "")}`,
    `SUMMARY:${name}`,
    "END:VEVENT",
  ];
  writeFileSync(
    file,
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Journeys//EN", ...event, "END:VCALENDAR", ""].join("\r\n"),
  );
  return file;
}

describe("when a calendar is not right", () => {
  test.each<[string, (calendar: CalendarJson) => object, string]>([
    [
      "hours that overlap",
      () => ({
        week: {
          "1": [
            ["08:00", "12:00"],
            ["11:00", "20:00"],
          ],
        },
      }),
      "/week/1",
    ],
    ["hours that end for good", () => ({ validUntil: "2030-01-01" }), "/teams/0/hours"],
    ["a zone that nobody knows", () => ({ zone: "Mars/Olympus" }), "/zone"],
  ])("it is refused for %s, and the calendar in force stays in force", async (_, change, place) => {
    const { version } = (await agent.calendars.read(HOURS)).calendar;
    const { exitCode, errors } = await ops.tryTo("calendar", "apply", await edited(change), "--reason", "A mistake");
    expect([exitCode, errors]).toEqual([1, expect.stringContaining(place)]);
    expect((await agent.calendars.read(HOURS)).calendar.version).toBe(version);
  });

  test("neither is one that would have been in force already", async () => {
    const file = await edited(() => ({}));
    const apply = ["calendar", "apply", file, "--reason", "Yesterday", "--from", "2026-01-01T00:00:00Z"];
    expect(await ops.tryTo(...apply)).toMatchObject({ exitCode: 1, errors: expect.stringContaining("is past") });
  });

  test("a range of a thousand years is a problem that names the field and the limit", async () => {
    const range = { from: "2026-01-01T00:00:00Z", until: "3026-01-01T00:00:00Z" };
    await expect(agent.calendars.openings(HOURS, range)).rejects.toMatchObject({
      problem: { status: 400, errors: expect.arrayContaining([expect.objectContaining({ path: "query.until" })]) },
    });
  });
});

describe("when somebody has not signed in", () => {
  const visit = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${desk.apiUrl}${path}`, { headers, signal: AbortSignal.timeout(20_000) });

  test.each([
    ["/calendars", "text/html", `<a href="calendars/${HOURS}">`],
    [`/calendars/${HOURS}`, "text/html", HOLIDAY.replace("'", "&#39;")],
    [`/calendars/${HOURS}.ics`, "text/calendar", `UID:${HOURS}-holiday-`],
    [`/calendars/${HOURS}.json`, "application/json", `"${HOLIDAY}"`],
    ["/coverage.svg?year=2027", "image/svg+xml", "in 2027</title>"],
  ])("they see %s", async (path, media, words) => {
    const response = await visit(path);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, `${media}; charset=utf-8`]);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).toContain(words);
    const again = await visit(path, { "if-none-match": response.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  test.each(["/v1/calendars", `/v1/calendars/${HOURS}`, "/v1/coverage"])("they do not see %s", async (path) => {
    expect((await visit(path)).status).toBe(401);
  });
});

describe("when the hours of the teams are compared", () => {
  test("gaps and pictures come from the desk", async () => {
    const ana = await signedInCommand(desk, ANA);
    const { teams, gaps } = JSON.parse(await ana.run("calendar", "gaps", "--months", "1", "--json"));
    expect(teams.map(({ team }: { team: string }) => team)).toEqual(["main", "au"]);
    expect(gaps.length).toBeGreaterThan(20);
    expect(await ana.run("calendar", "list")).toMatch(new RegExp(`^${HOURS}\t\\d+\tmain, au\tUTC\topen\t`, "m"));
  });
});
