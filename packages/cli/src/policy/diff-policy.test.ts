import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOUR_MS, type Policy, plus } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { diffRules } from "@ithaca/policy/diff";
import { openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW, runIn } from "../fake-world.ts";
import { comparedRules } from "./compared-rules.ts";
import { policyYaml } from "./policy-yaml.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
const folder = mkdtempSync(join(tmpdir(), "ithaca-diff-"));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const withHigh = (minutes: number): Policy => ({
  ...POLICY,
  targets: POLICY.targets.map((rule) => (rule.id === "high-response" ? { ...rule, length: { minutes } } : rule)),
});
const shipped = file("shipped.yaml", policyYaml(POLICY));
const faster = file("faster.yaml", policyYaml(withHigh(180)));

describe("two files of rules", () => {
  test("that say the same end with 0 and no word, whatever form they have", async () => {
    const json = file("shipped.json", JSON.stringify({ policy: { ...POLICY, version: 4 }, calendars: CALENDARS }));
    expect(await runIn(["policy", "diff", shipped, json])).toMatchObject({ exitCode: 0, out: "", err: "", sent: [] });
  });

  test("that differ end with 1, and tell how", async () => {
    const { exitCode, out, err } = await runIn(["policy", "diff", shipped, faster]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^target high-response \(.*\): 4 h → 3 h, on the owning team's hours\n$/);
    expect(err).toContain("They differ in 1 thing.");
  });

  test("are compared as JSON too, with the calendars that they bring along", async () => {
    const [hours] = CALENDARS;
    const edited = { policy: POLICY, calendars: [{ ...hours, holidays: [] }] };
    const { out } = await runIn(["policy", "diff", shipped, file("holidays.json", JSON.stringify(edited)), "--json"]);
    expect(JSON.parse(out)).toHaveLength(hours?.holidays.length ?? 0);
    expect(JSON.parse(out)[0]).toMatchObject({ kind: "removed", path: expect.stringContaining("/holidays/") });
  });

  test("of which one cannot be read are not compared", async () => {
    expect((await runIn(["policy", "diff", shipped, file("bad.yaml", "name: [")])).err).toContain("bad.yaml:1:");
  });
});

describe("versions of a desk", () => {
  async function desk() {
    const { rules } = openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });
    const change = { by: "max", at: NOW, reason: "A try", inForceFrom: NOW };
    await rules.putPolicy({ ...withHigh(60), version: 2 }, change, 0);
    await rules.putPolicy({ ...withHigh(30), version: 3 }, { ...change, inForceFrom: plus(NOW, HOUR_MS) }, 1);
    return { rules, now: NOW };
  }
  const told = async (before: string | undefined, after: string) =>
    diffRules(...(await comparedRules(before, after, await desk()))).map(({ words }) => words.replace(/^.*: /, ""));

  test.each<[string, string | undefined, string, string[]]>([
    ["are compared with each other", "1", "3", ["4 h → 30 min, on the owning team's hours"]],
    ["and with a file", "2", faster, ["1 h → 3 h, on the owning team's hours"]],
    ["the one in force, with a file", undefined, faster, ["1 h → 3 h, on the owning team's hours"]],
    ["the one in force, with itself", undefined, "2", []],
  ])("%s", async (_, before, after, expected) => expect(await told(before, after)).toEqual(expected));

  test("that are not there are told", async () => {
    await expect(comparedRules("1", "9", await desk())).rejects.toThrow("no version 9");
  });
});
