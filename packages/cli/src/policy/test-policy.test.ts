import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedPolicy } from "@ithaca/policy";
import { CASES_MAX } from "@ithaca/policy/cases";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { runIn } from "../fake-world.ts";
import { policyYaml } from "./policy-yaml.ts";

const SHIPPED = join(import.meta.dirname, "../../../policy/policy.yaml");
const policy = shippedPolicy();

/** A folder with a policy and, beside it, some cases. */
function folderWith(cases: unknown, text = policyYaml(policy), name = "policy.cases.yaml"): string {
  const folder = mkdtempSync(join(tmpdir(), "ithaca-cases-"));
  writeFileSync(join(folder, "policy.yaml"), text);
  writeFileSync(
    join(folder, name),
    typeof cases === "string" ? cases : stringify(cases, { aliasDuplicateObjects: false }),
  );
  return folder;
}

const tryIn = (folder: string, ...more: string[]) => runIn(["policy", "test", join(folder, "policy.yaml"), ...more]);
const at = "2026-06-10T14:00:00Z";
const ticket = { name: "a ticket", at, channel: "portal" };

describe("the cases of the policy that ships", () => {
  const shipped = () => runIn(["policy", "test", SHIPPED, "--json"]);

  test("all come out as they say, and no desk is asked", async () => {
    const { exitCode, out, err, sent } = await shipped();
    expect({ exitCode, err, sent }).toEqual({ exitCode: 0, err: "", sent: [] });
    expect(JSON.parse(out).length).toBeGreaterThanOrEqual(15);
  });

  test("reach every rule of it, and every channel", async () => {
    const tried: { actual: { rules: Record<string, string> } }[] = JSON.parse((await shipped()).out);
    const reached = (list: string) => [...new Set(tried.map(({ actual }) => actual.rules[list]))].sort();
    const ids = (rules: readonly { id: string }[]) => rules.map(({ id }) => id).sort();
    expect(reached("classification")).toEqual(ids(policy.classification));
    expect(reached("routing")).toEqual(ids(policy.routing));
    expect(reached("target")).toEqual(ids(policy.targets));
    expect(reached("escalation")).toEqual(ids(policy.escalation ?? []));
  });

  test("find a policy that promises something else", async () => {
    const targets = policy.targets.map((rule) =>
      rule.id === "high-response" ? { ...rule, length: { minutes: 180 } } : rule,
    );
    const folder = folderWith([], policyYaml({ ...policy, targets }));
    const { exitCode, out, err } = await tryIn(folder, "--cases", SHIPPED.replace("policy.yaml", "policy.cases.yaml"));
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^ithaca: 4 of \d+ cases came out otherwise/);
    expect(out).toContain("due 2026-06-10T18:00:00.000Z was expected, it is 2026-06-10T17:00:00.000Z by high-response");
  });
});

describe("a case", () => {
  /** No team is open. */
  const atNight = { at: "2026-06-10T03:30:00-04:00" };

  const outcome = async (one: object, expected: object) => {
    const folder = folderWith({ cases: [{ ...ticket, ...one, expect: expected }] });
    return JSON.parse((await tryIn(folder, "--json")).out)[0];
  };

  test.each<[string, object, object]>([
    ["expects any of what comes out", {}, { team: "main" }],
    [
      "of a priority that the desk does not have asks for the default",
      { requestedPriority: "now" },
      { priority: "medium" },
    ],
    [
      "by mail of somebody known without an account pages nobody",
      { ...atNight, channel: "email", subject: "critical" },
      { priority: "critical", pages: false },
    ],
    [
      "by mail of an account's own pages",
      { ...atNight, channel: "email", subject: "critical", account: { team: "main" } },
      { pages: true, team: "main" },
    ],
    [
      "by mail of an account's own goes to the team that is open, and pages nobody",
      { channel: "email", subject: "critical", account: { team: "au" } },
      { pages: false, team: "main" },
    ],
    [
      "by mail of a stranger who names an account pages nobody",
      { ...atNight, channel: "email", subject: "critical", account: { team: "au" }, sender: "unknown" },
      { pages: false },
    ],
  ])("%s", async (_, one, expected) => {
    expect(await outcome(one, expected)).toMatchObject({ passed: true, differs: [], actual: expected });
  });

  test("that comes out otherwise names the field, both values and the rule", async () => {
    const folder = folderWith({
      cases: [{ ...ticket, expect: { priority: "low", due: null, flag: "may-be-critical" } }],
    });
    const { exitCode, out } = await tryIn(folder);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^FAILED\ta ticket\tmedium\tmain\t2026-06-11T14:00:00\.000Z\t/);
    expect(out).toContain("priority low was expected, it is medium by as-requested");
    expect(out).toContain("due none was expected, it is 2026-06-11T14:00:00.000Z by medium-response");
    expect(out).toContain("flag may-be-critical was expected, it is none by as-requested");
    expect(await outcome({}, { priority: "low" })).toMatchObject({ passed: false, differs: ["priority"] });
  });
});

describe("a file of cases", () => {
  test("is found beside the policy, in JSON too", async () => {
    const cases = JSON.stringify({ cases: [{ ...ticket, expect: { team: "main" } }] });
    expect((await tryIn(folderWith(cases, undefined, "policy.cases.json"))).exitCode).toBe(0);
  });

  test("that is not there is told with where it would be", async () => {
    const { exitCode, err } = await tryIn(folderWith([], undefined, "others.yaml"));
    expect(exitCode).toBe(2);
    expect(err).toContain("policy.cases.yaml");
  });

  const ok = { ...ticket, expect: { team: "main" } };
  test.each<[string, unknown, string]>([
    ["no cases", { cases: [] }, "/cases: "],
    ["something else", [], "cases.yaml:"],
    ["a misspelt field", { cases: [{ ...ok, chanel: "x" }] }, "/cases/0"],
    ["an instant without an offset", { cases: [{ ...ok, at: "2026-06-10T14:00:00" }] }, "cases.yaml:3:9: /cases/0/at"],
    [
      "a channel that the policy does not have",
      { cases: [ok, { ...ok, channel: "fax" }] },
      "/cases/1/channel: there is no channel fax; name one of: chat",
    ],
    [
      "a team that the policy does not have",
      { cases: [{ ...ok, account: { team: "moon" } }] },
      "there is no team moon",
    ],
    ["a package that the policy does not have", { cases: [{ ...ok, account: { package: "x" } }] }, "no package x"],
    ["a case that expects nothing", { cases: [{ ...ok, expect: {} }] }, "expects at least one thing"],
    ["too many", { cases: Array(CASES_MAX + 1).fill(ok) }, "/cases: "],
  ])("with %s is refused, naming it", async (_, cases, said) => {
    const { exitCode, err, out } = await tryIn(folderWith(cases));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toContain(said);
  });

  test("is not tried on a policy with an error", async () => {
    const { exitCode, err } = await tryIn(folderWith({ cases: [ok] }, policyYaml({ ...policy, defaultTeam: "moon" })));
    expect(exitCode).toBe(1);
    expect(err).toContain("/defaultTeam");
  });
});
