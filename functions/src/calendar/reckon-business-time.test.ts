import { type Calendar, instantOf } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Route } from "../fixtures/request-desk.ts";
import { manifest } from "./reckon-business-time.manifest.ts";
import { reckonings } from "./reckon-business-time.ts";

let desk: RequestDesk;
let routes: Record<keyof typeof reckonings, Route>;

beforeEach(async () => {
  desk = await openRequestDesk("2026-11-25T15:00:00.000Z");
  routes = desk.routes(manifest, reckonings);
});

const mainHours = mainHoursOf(shippedRules.calendars);

function mainHoursOf([first]: readonly Calendar[]): Calendar {
  if (first === undefined) throw new Error("the shipped rules have calendars");
  return first;
}

/** Wednesday 10:00 in New York; Thanksgiving Day is the day after. */
const START = "2026-11-25T15:00:00.000Z";
const path = { id: "main-hours" };
const main = { id: "main-hours", version: 1, zone: "America/New_York" };

const LATER = "2026-11-26T15:00:00.000Z";
/** A good question to each route that names a calendar. */
const QUERIES = {
  "read-calendar": {},
  "list-openings": { from: START, until: LATER },
  "find-opening": {},
  "add-open-time": { start: START, minutes: "1" },
  "measure-open-time": { start: START, end: LATER },
  "explain-open-time": { start: START, end: LATER },
} as const satisfies Partial<Record<keyof typeof reckonings, Record<string, string>>>;

/** Makes Friday a holiday from an instant on, as version 2. */
async function closeFriday(inForceFrom: string): Promise<void> {
  const friday = { on: "2026-11-27", name: "Day off", source: { kind: "hand" } } as const;
  const calendar = { ...mainHours, version: 2, holidays: [...mainHours.holidays, friday] };
  const at = instantOf(START);
  const change = { by: "max", at, reason: "A long weekend", inForceFrom: instantOf(inForceFrom) };
  expect(await desk.store.rules.putCalendar(calendar, change, 0)).toBe(true);
  desk.moveOn(61_000);
}

describe("when business time is asked for", () => {
  test("the calendars in force are listed, with whose they are and whether somebody is there", async () => {
    const { status, body } = await routes["list-calendars"]({ as: "ana" });
    expect(status).toBe(200);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(shippedRules.calendars.map(({ id }) => id));
    expect(body.items[0]).toMatchObject({
      ...main,
      teams: ["main"],
      isOpen: true,
      opensAt: START,
      closesAt: "2026-11-26T01:00:00.000Z",
    });
    expect(body.items[1]).toMatchObject({ id: "au-hours", isOpen: false, opensAt: "2026-11-25T22:00:00.000Z" });
  });

  test("openings in a range are cut to it, and their sum is told", async () => {
    const query = { from: START, until: "2026-11-28T00:00:00Z" };
    const { body } = await routes["list-openings"]({ as: "portal", path, query });
    expect(body).toMatchObject(main);
    expect(body.openings).toEqual([
      { opensAt: START, closesAt: "2026-11-26T01:00:00.000Z" },
      { opensAt: "2026-11-27T13:00:00.000Z", closesAt: "2026-11-28T00:00:00.000Z" },
    ]);
    expect(body.openMs).toBe(21 * 3_600_000);
  });

  test("the next opening is the instant itself while open, and now when no instant is given", async () => {
    const now = await routes["find-opening"]({ as: "cleo", path });
    expect(now.body).toMatchObject({ at: START, isOpen: true, opensAt: START });
    const night = await routes["find-opening"]({ as: "cleo", path, query: { at: "2026-11-26T01:00:00Z" } });
    expect(night.body).toMatchObject({ isOpen: false, opensAt: "2026-11-27T13:00:00.000Z" });
  });

  test.each([
    ["720", "2026-11-27T15:00:00.000Z"],
    ["0.5", "2026-11-25T15:00:30.000Z"],
    ["600", "2026-11-26T01:00:00.000Z"],
    ["-180", "2026-11-25T00:00:00.000Z"],
  ])("%s minutes after the start it is %s", async (minutes, due) => {
    const { body } = await routes["add-open-time"]({ as: "ana", path, query: { start: START, minutes } });
    expect(body).toEqual({ ...main, start: START, minutes: Number(minutes), due });
  });

  test("the time between two instants is told, less than nothing when the end comes first", async () => {
    const [start, end] = [START, "2026-11-27T15:00:00.000Z"];
    const there = await routes["measure-open-time"]({ as: "ana", path, query: { start, end } });
    expect(there.body).toEqual({ ...main, start, end, minutes: 720, openMs: 43_200_000 });
    const back = await routes["measure-open-time"]({ as: "ana", path, query: { start: end, end: start } });
    expect(back.body.minutes).toBe(-720);
  });

  test("an explanation names the holiday and adds up", async () => {
    const { body } = await routes["explain-open-time"]({ as: "ana", path, query: { start: START, minutes: "720" } });
    expect(body).toMatchObject({ ...main, end: "2026-11-27T15:00:00.000Z", openMs: 43_200_000 });
    expect(body.holidays).toEqual(["Thanksgiving Day"]);
    const lengths = body.spans.map(({ lengthMs }: { lengthMs: number }) => lengthMs);
    expect(lengths.reduce((sum: number, length: number) => sum + length, 0)).toBe(48 * 3_600_000);
    const toThere = { start: START, end: "2026-11-27T15:00:00.000Z" };
    expect((await routes["explain-open-time"]({ as: "ana", path, query: toThere })).body).toEqual(body);
  });

  test("coverage names the teams, the gaps with their holidays, and what a clock change moves", async () => {
    const { body } = await routes["read-coverage"]({ as: "ana", query: { months: "6" } });
    expect(body).toMatchObject({ from: START, until: "2027-05-25T15:00:00.000Z" });
    expect(body.teams.map(({ calendar }: { calendar: string }) => calendar)).toEqual(["main-hours", "au-hours"]);
    expect(body.gaps[0]).toEqual({
      from: "2026-11-26T06:00:00.000Z",
      until: "2026-11-26T22:00:00.000Z",
      lengthMs: 16 * 3_600_000,
      holidays: [{ team: "main", name: "Thanksgiving Day" }],
    });
    expect(body.overlapChanges.map(({ zones }: { zones: { on: string }[] }) => zones[0]?.on)).toEqual([
      "2027-03-14",
      "2027-04-04",
    ]);
  });
});

describe("when a calendar has a new version", () => {
  test("it is reckoned with from the instant on from which it is in force, and the old one stays readable", async () => {
    const query = { start: START, minutes: "720" };
    await closeFriday("2026-11-25T15:02:00Z");
    expect((await routes["add-open-time"]({ as: "ana", path, query })).body).toMatchObject({ version: 1 });

    desk.moveOn(60_000);
    const after = await routes["add-open-time"]({ as: "ana", path, query });
    expect(after.body).toMatchObject({ version: 2, due: "2026-11-30T15:00:00.000Z" });
    const before = await routes["add-open-time"]({ as: "ana", path, query: { ...query, version: "1" } });
    expect(before.body).toMatchObject({ version: 1, due: "2026-11-27T15:00:00.000Z" });
  });

  test("a version that is not in force yet can be reckoned with", async () => {
    await closeFriday("2027-01-01T00:00:00Z");
    const query = { start: START, minutes: "720", version: "2" };
    expect((await routes["add-open-time"]({ as: "ana", path, query })).body.due).toBe("2026-11-30T15:00:00.000Z");
  });

  test("coverage goes by it from the instant on from which it is in force", async () => {
    const friday = async (months: string, from?: string) => {
      const { body } = await routes["read-coverage"]({
        as: "ana",
        query: { months, ...(from !== undefined && { from }) },
      });
      const isNamed = (gap: { holidays: { name: string }[] }) => gap.holidays.some(({ name }) => name === "Day off");
      return {
        days: body.gaps.filter(isNamed).map((gap: { from: string }) => gap.from),
        version: body.teams[0].version,
      };
    };
    expect(await friday("1")).toEqual({ days: [], version: 1 });

    // From Friday noon on the day off is in force: what was open of the day until then stays open.
    await closeFriday("2026-11-27T17:00:00Z");
    expect(await friday("1")).toEqual({ days: ["2026-11-27T17:00:00.000Z"], version: 1 });
    expect(await friday("1", "2026-11-27T18:00:00Z")).toEqual({ days: ["2026-11-27T18:00:00.000Z"], version: 2 });
    expect(await friday("1", "2026-11-26T18:00:00Z")).toMatchObject({ version: 1 });
  });

  test("who made it when and why is told to agents, with the calendar whole", async () => {
    await closeFriday("2027-01-01T00:00:00Z");
    const { body } = await routes["read-calendar"]({ as: "ana", path, query: { version: "2" } });
    expect(body.inForce).toBe(1);
    expect(body.calendar.version).toBe(2);
    expect(body.calendar.holidays.at(-1)).toMatchObject({ on: "2026-11-27", name: "Day off" });
    expect(body.versions).toEqual([
      { version: 2, at: START, by: "max", reason: "A long weekend", inForceFrom: "2027-01-01T00:00:00.000Z" },
    ]);
    expect((await routes["read-calendar"]({ as: "ana", path })).body.calendar).toEqual(mainHours);
  });
});

describe("when business time cannot be told", () => {
  test.each(Object.entries(QUERIES))("%s does not know a calendar or version that is not there", async (id, query) => {
    for (const unknown of [
      { path: { id: "night-hours" }, query },
      { path, query: { ...query, version: "9" } },
    ]) {
      expect((await routes[id as keyof typeof QUERIES]({ as: "ana", ...unknown })).status).toBe(404);
    }
  });

  test("more open time than ever comes names the minutes", async () => {
    const query = { start: "2198-12-31T00:00:00Z", minutes: "5000000" };
    const { status, body } = await routes["add-open-time"]({ as: "ana", path, query });
    expect([status, body.errors[0].path]).toEqual([400, "query.minutes"]);
    expect(body.errors[0].message).toContain("2199");
  });

  test("an explanation of more than 400 days names the limit", async () => {
    const query = { start: START, minutes: "300000" };
    const { status, body } = await routes["explain-open-time"]({ as: "ana", path, query });
    expect([status, body.errors]).toEqual([
      400,
      [{ path: "query.minutes", message: expect.stringContaining("400 days") }],
    ]);
  });

  test("a range of a thousand years names the field and the limit", async () => {
    const query = { from: START, until: "3026-11-25T15:00:00Z" };
    const { status, body } = await routes["list-openings"]({ as: "ana", path, query });
    expect([status, body.errors[0].path]).toEqual([400, "query.until"]);
    expect(JSON.stringify(body.errors)).toContain("400 days");
  });
});
