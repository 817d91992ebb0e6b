import { DAY_MS, HOUR_MS, plus } from "@ithaca/domain";
import { beforeAll, describe, expect, test } from "vitest";
import { signedIn } from "../cases/fake-case.ts";
import { NOW, runIn, type Sent } from "../fake-world.ts";
import { fakeExport } from "../what-if/fake-export.ts";

/** Tuesday 17 February 2026, 10:00 in New York. */
const TUESDAY = plus(NOW, -13 * DAY_MS);
let folder = "";

beforeAll(async () => {
  folder = await fakeExport(
    [
      { number: "100000006", openedAt: TUESDAY, priority: "high", answeredAfterHours: 1 },
      { number: "200000005", openedAt: TUESDAY, priority: "high", answeredAfterHours: 100 },
      {
        number: "300000003",
        openedAt: TUESDAY,
        priority: "high",
        answeredAfterHours: 100,
        isWaived: true,
      },
      { number: "400000004", openedAt: plus(TUESDAY, -60 * DAY_MS), priority: "low", answeredAfterHours: 1 },
      { number: "500000007", openedAt: plus(NOW, -HOUR_MS), priority: "low" },
    ],
    NOW,
  );
});

const FEBRUARY = ["--from", "2026-02", "--to", "2026-02"];
const report = (args: readonly string[], isTerminal = false) =>
  runIn(["report", "attainment", "--export", folder, ...args], { isTerminal });

describe("of an export with one case answered in time, one late and one excused, the report", () => {
  test("shows 1 met, 1 breached, 1 waived, and the waiver in no percentage", async () => {
    const { out, exitCode } = await report(FEBRUARY, true);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/METRIC +PRIORITY +MET +BREACHED +WAIVED +% MET/);
    expect(out).toMatch(/first-response +high +1 +1 +1 +50\.0 % +█{10}░{10}/);
    expect(out).toContain("50.0 % of the cycles of 3 cases in 2026-02: 1 met, 1 breached, 1 waived");
  });

  test("counts by month and team over a longer range", async () => {
    const { out } = await report(["--from", "2025-12", "--to", "2026-02", "--by", "month,team"]);
    expect(out).toBe("2025-12\tmain\t1\t0\t0\t100\t\n2026-02\tmain\t1\t1\t1\t50\t\n");
  });

  test("is CSV for a spreadsheet", async () => {
    const { out } = await report([...FEBRUARY, "--by", "priority,package", "--csv"]);
    expect(out).toBe("priority,package,met,breached,waived,percentMet\r\nhigh,(none),1,1,1,50\r\n");
  });

  test("is JSON for a program, with the values by name", async () => {
    const { out } = await report([...FEBRUARY, "--by", "team", "--json"]);
    expect(JSON.parse(out)).toEqual({
      from: "2026-02",
      to: "2026-02",
      by: ["team"],
      zone: "UTC",
      cases: 3,
      rows: [{ team: "main", met: 1, breached: 1, waived: 1, percentMet: 50 }],
      total: { met: 1, breached: 1, waived: 1, percentMet: 50 },
    });
  });

  test("says plainly that no cycle ended in the month of the export", async () => {
    const { out, err, exitCode } = await report([], true);
    expect([out, exitCode]).toEqual(["", 0]);
    expect(err).toContain("No cycles: no promise was met or broken in 2026-03.");
  });

  test.each([
    [["--from", "2026-13"], "It must be a month, such as 2026-01"],
    [["--from", "2026-02", "--to", "2026-01"], "2026-01 is before 2026-02"],
    [["--from", "2023-01", "--to", "2026-01"], "2023-01 to 2026-01 are 37 months. A report covers 36 months at most"],
    [["--by", "agent"], "It must be of metric, priority, team, package, month"],
    [["--zone", "Moon/Tycho"], "Moon/Tycho is no time zone"],
  ])("refuses %j: %s", async (args, reason) => {
    const { out, err, exitCode } = await report(args);
    expect([out, exitCode]).toEqual(["", 2]);
    expect(err).toContain(reason);
  });

  test("a folder that holds no export is a failure", async () => {
    const { err, exitCode } = await runIn(["report", "attainment", "--export", "/nowhere"]);
    expect(exitCode).toBe(1);
    expect(err).toContain("holds no whole export");
  });
});

describe("of a desk that counted, the report", () => {
  const counted = ({ url }: Sent) => {
    const { from, to, by } = Object.fromEntries(new URL(url).searchParams);
    const rows = [{ team: "main", package: "(none)", met: 2, breached: 1, waived: 1, percentMet: 66.6 }];
    const total = { met: 2, breached: 1, waived: 1, percentMet: 66.6 };
    return Response.json({ from, to, by: by?.split(","), zone: "UTC", rows, total });
  };
  const ask = (args: readonly string[], more = {}) =>
    runIn(["report", "attainment", "--by", "team,package", ...args], { ...signedIn, answer: counted, ...more });

  test("is of the current month unless another is asked for", async () => {
    const { sent, out } = await ask([], { isTerminal: true });
    expect(sent[0]?.url).toBe("https://desk.example/v1/reports/attainment?from=2026-03&to=2026-03&by=team%2Cpackage");
    expect(out).toMatch(/TEAM +PACKAGE +MET +BREACHED +WAIVED +% MET/);
    expect(out).toContain("66.6 % of the cycles in 2026-03: 2 met, 1 breached, 1 waived");
    expect((await ask(["--from", "2026-01", "--to", "2026-02"])).sent[0]?.url).toContain("from=2026-01&to=2026-02");
  });

  test("is CSV and JSON like that of an export", async () => {
    const { out } = await ask(["--csv"]);
    expect(out).toBe("team,package,met,breached,waived,percentMet\r\nmain,(none),2,1,1,66.6\r\n");
    expect(JSON.parse((await ask(["--json"])).out)).toMatchObject({
      zone: "UTC",
      rows: [{ team: "main", package: "(none)", met: 2, breached: 1, waived: 1, percentMet: 66.6 }],
    });
  });

  test("by months of another zone is for an export", async () => {
    const { sent, exitCode, err } = await ask(["--zone", "Australia/Sydney"]);
    expect([sent, exitCode]).toEqual([[], 2]);
    expect(err).toContain("A desk counts by months in UTC");
    expect((await ask(["--zone", "UTC"])).exitCode).toBe(0);
  });

  test("of a range that is none asks nobody", async () => {
    const { sent, exitCode, err } = await ask(["--from", "2026-02", "--to", "2026-01"]);
    expect([sent, exitCode]).toEqual([[], 2]);
    expect(err).toContain("2026-01 is before 2026-02");
  });
});
