import { describe, expect, test } from "vitest";
import { HOUR_MS, instantOf, toIso } from "../time/instant.ts";
import { coverage, type TeamCalendar } from "./coverage.ts";
import { type CoverageStage, coverageOverTime } from "./coverage-over-time.ts";
import { everyDay, exampleCalendar, holiday } from "./example-calendar.ts";

const FROM = instantOf("2026-11-23T00:00:00Z");
const UNTIL = instantOf("2026-11-27T00:00:00Z");

function team(opens: string, closes: string, ...holidays: [string, string][]): TeamCalendar {
  const calendar = exampleCalendar({
    zone: "UTC",
    week: everyDay([opens, closes]),
    holidays: holidays.map(([on, name]) => holiday(on, name)),
  });
  return { team: "main", calendar };
}

function gapsOf(...stages: CoverageStage[]) {
  return coverageOverTime(stages, UNTIL).gaps.map(({ from, until, lengthMs, holidays }) => [
    toIso(from).slice(8, 16),
    toIso(until).slice(8, 16),
    lengthMs / HOUR_MS,
    holidays.map(({ name }) => name).join(),
  ]);
}

describe("who covers the time when hours change meanwhile", () => {
  const early = team("00:00", "20:00");

  test("each stage goes by its own calendars", () => {
    const late = team("02:00", "24:00");
    const told = coverageOverTime(
      [
        { from: FROM, teams: [early] },
        { from: instantOf("2026-11-25T12:00:00Z"), teams: [late, late] },
      ],
      UNTIL,
    );
    expect([told.from, told.until, told.uncoveredMs / HOUR_MS, told.overlapMs / HOUR_MS]).toEqual([
      FROM,
      UNTIL,
      10,
      86,
    ]);
    expect(told.gaps.map(({ from, lengthMs }) => [toIso(from).slice(8, 13), lengthMs / HOUR_MS])).toEqual([
      ["23T20", 4],
      ["24T20", 4],
      ["26T00", 2],
    ]);
  });

  test("a gap that goes on is one, and names a holiday of both once", () => {
    const day = "2026-11-25";
    expect(
      gapsOf(
        { from: FROM, teams: [team("00:00", "20:00", [day, "Fair"])] },
        { from: instantOf(`${day}T12:00:00Z`), teams: [team("04:00", "20:00", [day, "Fair"], ["2026-11-26", "Rest"])] },
      ),
    ).toEqual([
      ["23T20:00", "24T00:00", 4, ""],
      ["24T20:00", "27T00:00", 52, "Fair,Rest"],
    ]);
  });

  test("a holiday that is one of several before is not named again", () => {
    const [eve, fair] = ["2026-11-24", "2026-11-25"];
    expect(
      gapsOf(
        { from: FROM, teams: [team("00:00", "20:00", [eve, "Eve"], [fair, "Fair"])] },
        { from: instantOf(`${fair}T12:00:00Z`), teams: [team("00:00", "20:00", [fair, "Fair"])] },
      ),
    ).toEqual([
      ["23T20:00", "26T00:00", 52, "Eve,Fair"],
      ["26T20:00", "27T00:00", 4, ""],
    ]);
  });

  test("a holiday of the same name of another team is named too", () => {
    const day = "2026-11-25";
    const closed = team("00:00", "24:00", [day, "Fair"]);
    const { gaps } = coverageOverTime(
      [
        { from: FROM, teams: [closed] },
        { from: instantOf(`${day}T12:00:00Z`), teams: [{ ...closed, team: "au" }] },
      ],
      UNTIL,
    );
    expect(gaps.map(({ holidays }) => holidays)).toEqual([
      [
        { team: "main", name: "Fair" },
        { team: "au", name: "Fair" },
      ],
    ]);
  });

  test("a clock change belongs to the stage in which it comes", () => {
    const zoned = (zone: string): TeamCalendar => ({
      team: zone,
      calendar: exampleCalendar({ zone, week: everyDay(["08:00", "20:00"]) }),
    });
    const teams = [zoned("America/New_York"), zoned("UTC")];
    const [from, middle, until] = ["2026-01-01", "2026-06-01", "2027-01-01"].map((on) => instantOf(`${on}T00:00:00Z`));
    if (!from || !middle || !until) throw new Error("three instants");
    const changesOf = (...stages: CoverageStage[]) =>
      coverageOverTime(stages, until).overlapChanges.map(({ at }) => toIso(at).slice(0, 10));
    expect(changesOf({ from, teams })).toEqual(["2026-03-08", "2026-11-01"]);
    expect(changesOf({ from, teams }, { from: middle, teams: [zoned("UTC"), zoned("UTC")] })).toEqual(["2026-03-08"]);
  });

  test("one stage is what it always was, and none is nothing to tell of", () => {
    expect(coverageOverTime([{ from: FROM, teams: [early] }], UNTIL)).toEqual(coverage([early], FROM, UNTIL));
    expect(() => coverageOverTime([], UNTIL)).toThrow("begins with a stage");
  });
});
