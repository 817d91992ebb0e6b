import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOUR_MS, MINUTE_MS, nextVersion, type Policy, plus, versionInForce } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW } from "../fake-world.ts";
import { applyPolicy as applied, type PolicyToApply } from "./apply-policy.ts";
import { readRulesFile } from "./rules-file.ts";
import { needPolicy } from "./rules-in-force.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
const SOON = plus(NOW, HOUR_MS);
const LEAD_MS = 2 * MINUTE_MS;
const change = { by: "max", at: NOW, reason: "A try", inForceFrom: SOON };
const store = () =>
  openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules, rulesRefreshMs: MINUTE_MS });
const applyPolicy = (
  rules: ReturnType<typeof store>["rules"],
  path: string,
  file: PolicyToApply["file"],
  made: Parameters<typeof applied>[2],
  basedOn = 1,
) => applied(rules, { path, file, basedOn }, made);
const renamed: Policy = { ...POLICY, name: "Another" };
const [hours] = CALENDARS;
if (hours === undefined) throw new Error("the shipped rules have calendars");

describe("when a policy is applied", () => {
  test("it is the next version, in force from then on", async () => {
    const { rules } = store();
    const receipt = await applyPolicy(rules, "p.json", { policy: renamed, calendars: [] }, change);
    expect(receipt).toEqual({ policyVersion: 2, calendars: [], inForceFrom: SOON, followedBy: [] });

    const { policy } = await rules.timeline();
    expect(versionInForce(policy, NOW)).toBeUndefined();
    expect(versionInForce(policy, SOON)).toBe(2);
    expect(await needPolicy(rules, 2)).toEqual({ ...renamed, version: 2 });
    expect(await needPolicy(rules, 1)).toEqual(POLICY);
    expect(await rules.history()).toEqual([{ ...change, policy: 2 }]);
  });

  test("and another on top of it, the one after", async () => {
    const { rules } = store();
    await applyPolicy(rules, "p.json", { policy: renamed, calendars: [] }, change);
    expect(await applyPolicy(rules, "p.json", { policy: POLICY, calendars: [] }, change, 2)).toMatchObject({
      policyVersion: 3,
    });
  });

  test("calendars that come with it are versions of their own", async () => {
    const { rules } = store();
    const fresh = { ...hours, id: "fresh-hours", holidays: [] };
    const policy = { ...POLICY, teams: POLICY.teams.map((team) => ({ ...team, hours: fresh.id })) };
    const receipt = await applyPolicy(rules, "p.json", { policy, calendars: [fresh, hours] }, change);
    expect(receipt.calendars).toEqual([
      { id: "fresh-hours", version: 2 },
      { id: hours.id, version: 2 },
    ]);
    expect(await rules.calendar("fresh-hours", 2)).toEqual({ ...fresh, version: 2 });
  });
});

describe("clocks that run when a policy comes into force", () => {
  test.each([
    [undefined, {}],
    [false, {}],
    [true, { movesUnfinished: true }],
  ])("go over to it only when it is asked for: %s", async (movesUnfinished, said) => {
    const { rules } = store();
    await applyPolicy(rules, "p.json", { policy: POLICY, calendars: [] }, { ...change, movesUnfinished });
    expect((await rules.timeline()).policy).toEqual([{ version: 2, from: change.inForceFrom, ...said }]);
  });
});

describe("when a policy cannot be applied", () => {
  const refused = async (policy: Policy, more: Partial<typeof change> = {}) => {
    const { rules } = store();
    const failure = await applyPolicy(rules, "p.json", { policy, calendars: [] }, { ...change, ...more }).catch(
      (error: unknown) => error,
    );
    expect((await rules.timeline()).revision).toBe(0);
    return failure instanceof Error ? failure.message : "";
  };

  test("a hole in it is named, and nothing is written", async () => {
    expect(await refused({ ...POLICY, defaultTeam: "nobody" })).toContain("/defaultTeam");
    expect(await refused({ ...POLICY, targets: POLICY.targets.slice(1) })).toContain("first-response");
  });

  test("a calendar that is nowhere is named", async () => {
    expect(await refused({ ...POLICY, teams: POLICY.teams.map((team) => ({ ...team, hours: "nowhere" })) })).toContain(
      "nowhere",
    );
  });

  test("an instant that is past, or before every function knows it, is refused", async () => {
    expect(await refused(POLICY, { inForceFrom: plus(NOW, -1) })).toContain("is past");
    expect(await refused(POLICY, { inForceFrom: plus(NOW, LEAD_MS - 1) })).toContain("is too soon");
  });

  test("one that is based on another version than will be in force is refused, with what to do", async () => {
    const { rules } = store();
    await applyPolicy(rules, "p.json", { policy: renamed, calendars: [] }, change);
    const stale = (basedOn: number, inForceFrom = SOON) =>
      applyPolicy(rules, "p.json", { policy: POLICY, calendars: [] }, { ...change, inForceFrom }, basedOn);
    await expect(stale(1)).rejects.toThrow("ithaca policy diff 2 p.json");
    await expect(stale(1)).rejects.toThrow("--base 2");
    await expect(stale(3)).rejects.toThrow("based on 3");
    expect((await rules.timeline()).revision).toBe(1);

    // Before version 2 is in force, version 1 is; what is put then says that version 2 comes without it.
    expect(await stale(1, plus(SOON, -1))).toMatchObject({ policyVersion: 3, followedBy: [2] });
  });

  test("of rules with a calendar that cannot be used, the calendar is not put either", async () => {
    const { rules } = store();
    const shut = { ...hours, id: "shut", week: {} };
    const teams = POLICY.teams.map((team) => ({ ...team, hours: "shut" }));
    const rulesFile = { policy: { ...POLICY, teams }, calendars: [shut] };
    await expect(applyPolicy(rules, "p.json", rulesFile, change)).rejects.toThrow("/calendars/0/week");
    expect((await rules.timeline()).revision).toBe(0);
  });

  test("the store itself refuses rules that would not decide every case", async () => {
    const { rules } = store();
    const faulty = { ...POLICY, version: 2, defaultTeam: "nobody" };
    await expect(rules.putPolicy(faulty, change, 0)).rejects.toThrow("/defaultTeam: there is no team nobody");
    await expect(rules.putCalendar({ ...hours, version: 2, week: {} }, change, 0)).rejects.toThrow(
      "/calendars/0/week: no date has hours",
    );
    expect((await rules.timeline()).revision).toBe(0);
  });

  test("a change by somebody else meanwhile is told", async () => {
    const { rules } = store();
    const racing = { ...rules, put: async () => false };
    await expect(applyPolicy(racing, "p.json", { policy: POLICY, calendars: [] }, change)).rejects.toThrow(
      "Somebody else",
    );
  });

  test("a version that is not there is told", async () => {
    await expect(needPolicy(store().rules, 9)).rejects.toThrow("no version 9");
  });
});

describe("a file of rules", () => {
  const read = (json: unknown) => {
    const path = join(mkdtempSync(join(tmpdir(), "ithaca-")), "policy.json");
    writeFileSync(path, JSON.stringify(json));
    return () => readRulesFile(path);
  };

  test("holds a policy by itself, or with calendars", () => {
    expect(read(POLICY)()).toMatchObject({ policy: POLICY, calendars: [] });
    expect(read({ policy: POLICY, calendars: CALENDARS })()).toMatchObject({ policy: POLICY, calendars: CALENDARS });
  });

  test.each([
    ["something else", [], "cannot be applied"],
    ["a policy of another shape", { ...POLICY, topTier: "three" }, "/topTier"],
    ["a field that no file has", { policy: POLICY, calendar: [] }, "/calendar: there is no field calendar"],
    ["a calendar of another shape", { policy: POLICY, calendars: [{ id: "x" }] }, "/calendars/0"],
  ])("that holds %s is refused by name", (_, json, said) => expect(read(json)).toThrow(said));
});

describe("versions", () => {
  test("before anything was applied, none of them is in force, and 2 is next", () => {
    expect([versionInForce([], NOW), nextVersion([])]).toEqual([undefined, 2]);
  });

  test("of two that begin together the later one holds", () => {
    const versions = [
      { version: 2, from: NOW },
      { version: 3, from: NOW },
      { version: 4, from: SOON },
    ];
    expect([versionInForce(versions, NOW), nextVersion(versions)]).toEqual([3, 5]);
  });
});
