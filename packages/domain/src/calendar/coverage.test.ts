import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, instantOf, plus, toIso } from "../time/instant.ts";
import { COVERAGE_DAYS_MAX, coverage, type TeamCalendar } from "./coverage.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";

const nineToFive: [string, string][] = [["09:00", "17:00"]];
const main: TeamCalendar = {
  team: "main",
  calendar: exampleCalendar({
    holidays: [holiday("2026-11-26", "Thanksgiving Day"), holiday("2026-11-28", "Saturday")],
  }),
};
const au: TeamCalendar = {
  team: "au",
  calendar: exampleCalendar({
    zone: "Australia/Sydney",
    week: { "1": nineToFive, "2": nineToFive, "3": nineToFive, "4": nineToFive, "5": nineToFive },
    holidays: [holiday("2026-11-27", "Bank holiday")],
  }),
};

function gaps(teams: TeamCalendar[], from: string, until: string) {
  return coverage(teams, instantOf(from), instantOf(until)).gaps.map((gap) => [
    toIso(gap.from).slice(0, 16),
    gap.lengthMs / HOUR_MS,
    gap.holidays.map(({ team, name }) => `${team}: ${name}`).join(),
  ]);
}

describe("two teams on two sides of the world", () => {
  test("leave five, six or seven hours of a day uncovered with the season, and the weekend", () => {
    expect(gaps([main, au], "2026-07-08T00:00:00Z", "2026-07-09T00:00:00Z")).toEqual([["2026-07-08T07:00", 5, ""]]);
    expect(gaps([main, au], "2026-03-18T00:00:00Z", "2026-03-19T00:00:00Z")).toEqual([["2026-03-18T06:00", 6, ""]]);
    expect(gaps([main, au], "2026-01-07T00:00:00Z", "2026-01-08T00:00:00Z")).toEqual([["2026-01-07T06:00", 7, ""]]);
    expect(gaps([main, au], "2026-07-11T00:00:00Z", "2026-07-13T12:00:00Z")).toEqual([
      ["2026-07-11T00:00", 47, ""],
      ["2026-07-13T07:00", 5, ""],
    ]);
  });

  test("leave more on holidays, which are named", () => {
    expect(gaps([main, au], "2026-11-26T06:00:00Z", "2026-11-28T13:00:00Z")).toEqual([
      ["2026-11-26T06:00", 31, "main: Thanksgiving Day,au: Bank holiday"],
      ["2026-11-28T01:00", 12, "main: Saturday"],
    ]);
  });

  test("share more or less after each clock change of either", () => {
    const { overlapChanges } = coverage(
      [main, au],
      instantOf("2026-01-01T00:00:00Z"),
      instantOf("2027-01-01T00:00:00Z"),
    );
    expect(
      overlapChanges.map((change) => [
        change.zones.map(({ zone, on, shiftMs }) => `${zone} ${on} ${shiftMs / HOUR_MS}`).join(),
        change.overlapBeforeMs / HOUR_MS,
        change.overlapAfterMs / HOUR_MS,
        change.uncoveredBeforeMs / HOUR_MS,
        change.uncoveredAfterMs / HOUR_MS,
      ]),
    ).toEqual([
      ["America/New_York 2026-03-08 1", 12, 8, 80, 76],
      ["Australia/Sydney 2026-04-05 -1", 8, 4, 76, 72],
      ["Australia/Sydney 2026-10-04 1", 4, 8, 72, 76],
      ["America/New_York 2026-11-01 -1", 8, 12, 76, 80],
    ]);
    expect(toIso(overlapChanges[0]?.at ?? instantOf("1970-01-01T00:00:00Z"))).toBe("2026-03-08T07:00:00.000Z");
  });

  test("add up: what nobody covers, what both cover, and what one of them covers is all", () => {
    const from = instantOf("2026-01-05T00:00:00Z");
    const found = coverage([main, au], from, plus(from, 7 * DAY_MS));
    expect([found.from, found.until - found.from]).toEqual([from, 7 * DAY_MS]);
    expect(found.uncoveredMs).toBe(found.gaps.reduce((sum, { lengthMs }) => sum + lengthMs, 0));
    expect(found.uncoveredMs).toBe(80 * HOUR_MS);
    expect(found.overlapMs).toBe(12 * HOUR_MS);
  });
});

describe("clock changes that alter nothing", () => {
  test("are left out: both teams change at once, or nobody is there then", () => {
    const sameZone = {
      team: "other",
      calendar: exampleCalendar({ validFrom: "2026-06-01", holidays: [holiday("2026-03-09", "Fair")] }),
    };
    const year = [instantOf("2026-01-01T00:00:00Z"), instantOf("2027-01-01T00:00:00Z")] as const;
    expect(coverage([main, sameZone], ...year).overlapChanges).toEqual([]);
  });

  test("of two zones at one moment are one", () => {
    const all = everyDay(["00:00", "12:00"]);
    const team = (zone: string): TeamCalendar => ({ team: zone, calendar: exampleCalendar({ zone, week: all }) });
    const { overlapChanges } = coverage(
      [team("Europe/Berlin"), team("Europe/London"), team("Asia/Tokyo")],
      instantOf("2026-03-01T00:00:00Z"),
      instantOf("2026-05-01T00:00:00Z"),
    );
    expect(overlapChanges.map(({ zones }) => zones.map(({ zone }) => zone))).toEqual([
      ["Europe/Berlin", "Europe/London"],
    ]);
  });
});

describe("clock changes that alter one thing alone", () => {
  const daily = (zone: string, opens: string, closes: string): TeamCalendar => ({
    team: zone,
    calendar: exampleCalendar({ zone, week: everyDay([opens, closes]) }),
  });
  const newYork = daily("America/New_York", "08:00", "20:00");
  const march = (...teams: TeamCalendar[]) =>
    coverage(teams, instantOf("2026-03-01T00:00:00Z"), instantOf("2026-04-01T00:00:00Z")).overlapChanges.map((change) =>
      [change.overlapBeforeMs, change.overlapAfterMs, change.uncoveredBeforeMs, change.uncoveredAfterMs].map(
        (ms) => ms / HOUR_MS,
      ),
    );

  test("what the teams share, though somebody is always there", () => {
    expect(march(newYork, daily("UTC", "08:00", "16:00"), daily("UTC", "00:00", "24:00"))).toEqual([[21, 28, 0, 0]]);
  });

  test("when nobody is there, though all of the teams never are at once", () => {
    expect(march(newYork, daily("UTC", "10:00", "14:00"), daily("UTC", "02:00", "03:00"))).toEqual([[0, 0, 56, 63]]);
  });
});

describe("coverage of little and of too much", () => {
  test("no time at all has neither gaps nor changes", () => {
    const at = instantOf("2026-11-28T12:00:00Z");
    expect(coverage([main, au], at, at)).toEqual({
      from: at,
      until: at,
      uncoveredMs: 0,
      overlapMs: 0,
      gaps: [],
      overlapChanges: [],
    });
  });

  const from = instantOf("2026-01-01T00:00:00Z");
  test("without a team nobody is there and nothing is shared", () => {
    expect(coverage([], from, plus(from, DAY_MS))).toMatchObject({
      uncoveredMs: DAY_MS,
      overlapMs: 0,
      gaps: [{ holidays: [] }],
    });
  });
  test("one team shares all with itself", () => {
    expect(coverage([main], from, plus(from, 7 * DAY_MS))).toMatchObject({
      overlapMs: 60 * HOUR_MS,
      uncoveredMs: 108 * HOUR_MS,
    });
  });
  test("the time is limited", () => {
    const error = new RangeError("coverage is reckoned for 0 to 3660 days");
    expect(coverage([], from, plus(from, COVERAGE_DAYS_MAX * DAY_MS)).gaps).toHaveLength(1);
    expect(() => coverage([], from, plus(from, COVERAGE_DAYS_MAX * DAY_MS + 1))).toThrow(error);
    expect(() => coverage([], from, plus(from, -1))).toThrow(error);
  });
});
