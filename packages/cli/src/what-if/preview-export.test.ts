import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Calendar, DAY_MS, HOUR_MS, type Policy, plus } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeAll, describe, expect, test } from "vitest";
import { NOW, runIn } from "../fake-world.ts";
import { fakeExport } from "./fake-export.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
/** A Tuesday morning in New York, two weeks before the export. */
const TUESDAY = plus(NOW, -13 * DAY_MS);

const saved = (json: unknown) => {
  const path = join(mkdtempSync(join(tmpdir(), "ithaca-")), "proposed.json");
  writeFileSync(path, JSON.stringify(json));
  return path;
};

/** The shipped policy with other targets for high cases. */
function high(minutes: number): Policy {
  const targets = POLICY.targets.map((rule) =>
    rule.when.priority?.includes("high") === true ? { ...rule, length: { minutes } } : rule,
  );
  return { ...POLICY, targets };
}

let folder = "";

beforeAll(async () => {
  folder = await fakeExport(
    [
      { number: "100000006", openedAt: TUESDAY, priority: "high", answeredAfterHours: 2 },
      { number: "200000005", openedAt: plus(TUESDAY, HOUR_MS), priority: "high", answeredAfterHours: 1 },
      {
        number: "300000003",
        openedAt: plus(TUESDAY, HOUR_MS),
        priority: "low",
        answeredAfterHours: 1,
        accountId: "acct_bolt",
      },
      { number: "400000004", openedAt: plus(TUESDAY, -60 * DAY_MS), priority: "high", answeredAfterHours: 1 },
    ],
    NOW,
  );
});

describe("a policy that is previewed over an export", () => {
  test("shows what changes by metric, priority, team, month and account, and works out examples", async () => {
    const { out, err, exitCode } = await runIn(
      ["policy", "preview", saved(high(90)), "--over", "30d", "--export", folder],
      { isTerminal: true },
    );
    expect(exitCode).toBe(0);
    expect(out).toContain("2 of 3 cases");
    expect(out).toMatch(/priority +high +\d+ +2 +0 +1 +0/);
    expect(out).toMatch(/account +acct_acme/);
    expect(out).not.toContain("acct_bolt");
    expect(out).toContain("Case 100000006, first-response: breach gained");
    expect(out).toContain("Promised: 1 h 30 min of open time of team main");
    expect(err).toContain("part 1 of 1: 3 cases, 2 change");
  });

  test("as JSON is the whole result; looking further back, it is over more cases", async () => {
    const { out } = await runIn(["policy", "preview", saved(high(90)), "--over", "90", "--export", folder, "--json"]);
    const result = JSON.parse(out);
    expect(result.summary).toMatchObject({ cases: 4, casesChanged: 3, all: { breachesGained: 1, breachesLost: 0 } });
    expect(result.examples).toHaveLength(3);
    expect(result.examples[0].explanation.after[0]).toContain("first-response 1 is due");
    expect(result.asOf).toBe(new Date(NOW).toISOString());
  });

  test("that is in force changes nothing, and leaves the export as it is", async () => {
    const content = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const before = content();
    const { out } = await runIn(["policy", "preview", saved(POLICY), "--export", folder, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ summary: { casesChanged: 0, byAccount: {} }, examples: [] });
    expect(content()).toEqual(before);
  });

  test("that asks for other priorities decides them anew", async () => {
    const classification = POLICY.classification.map((rule) => ({ ...rule, priority: "low" as const }));
    const { out } = await runIn([
      "policy",
      "preview",
      saved({ ...POLICY, classification }),
      "--export",
      folder,
      "--json",
    ]);
    expect(JSON.parse(out).summary).toMatchObject({ cases: 4, casesChanged: 3 });
  });
});

describe("a calendar that is previewed over an export", () => {
  test("changes the cases that a new holiday lies in", async () => {
    const main = CALENDARS.find(({ id }) => id === "main-hours");
    const holidays: Calendar["holidays"] = [
      { on: "2026-02-17", name: "Day off", source: { kind: "hand" } },
      ...(main?.holidays ?? []).filter(({ on }) => on !== "2026-02-17"),
    ];
    const { out, exitCode } = await runIn([
      "calendar",
      "preview",
      saved({ ...main, holidays: holidays.toSorted((a, b) => (a.on < b.on ? -1 : 1)) }),
      "--over",
      "30d",
      "--export",
      folder,
      "--json",
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).summary).toMatchObject({ cases: 3, casesChanged: 3, all: { dueLater: 3, dueEarlier: 0 } });
  });

  test("that a team could not go by is refused", async () => {
    const { err, exitCode } = await runIn([
      "calendar",
      "preview",
      saved({ ...CALENDARS[0], week: {} }),
      "--export",
      folder,
    ]);
    expect(exitCode).toBe(1);
    expect(err).toContain("could ever be due");
  });
});

describe("a preview over a range without a case", () => {
  test("says that nothing would change", async () => {
    const asked = ["policy", "preview", saved(high(90)), "--export", folder, "--over", "1d"];
    const { err, exitCode, out } = await runIn(asked);
    expect([exitCode, out]).toEqual([0, ""]);
    expect(err).toContain("No case was opened from 2026-03-01T15:00:00.000Z");
    expect(JSON.parse((await runIn([...asked, "--json"])).out)).toMatchObject({ summary: { cases: 0 }, examples: [] });
  });
});

describe("a preview that cannot be made", () => {
  test.each([
    ["over no number of days", () => ["--over", "soon"], 2, "1 to 366"],
    ["over too many days", () => ["--over", "400d"], 2, "1 to 366"],
  ])("%s says so", async (_what, more, expected, said) => {
    const { err, exitCode, out } = await runIn(["policy", "preview", saved(high(90)), "--export", folder, ...more()]);
    expect([exitCode, out]).toEqual([expected, ""]);
    expect(err).toContain(said);
  });

  test("of a policy with a hole names the hole", async () => {
    const { err, exitCode } = await runIn([
      "policy",
      "preview",
      saved({ ...POLICY, defaultTeam: "nobody" }),
      "--export",
      folder,
    ]);
    expect(exitCode).toBe(1);
    expect(err).toContain("/defaultTeam");
  });

  test("over a folder that holds no export says so", async () => {
    const { err, exitCode } = await runIn([
      "policy",
      "preview",
      saved(POLICY),
      "--export",
      mkdtempSync(join(tmpdir(), "ithaca-")),
    ]);
    expect(exitCode).toBe(1);
    expect(err).toContain("holds no whole export");
  });
});
