import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Policy } from "@ithaca/domain";
import { shippedPolicy } from "@ithaca/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runIn } from "../fake-world.ts";
import { DEPTH_MAX, FILE_MAX } from "./placed-document.ts";
import { policyYaml } from "./policy-yaml.ts";
import { readRulesFile } from "./rules-file.ts";

const folder = mkdtempSync(join(tmpdir(), "ithaca-lint-"));
const SHIPPED = shippedPolicy();

function fileOf(text: string, name = "policy.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const lint = (text: string, ...more: string[]) => runIn(["policy", "lint", fileOf(text), ...more]);
const edited = (change: Partial<Policy>) => policyYaml({ ...SHIPPED, ...change });
/** The line of a text on which some words stand first. */
const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split("\n").length;

describe("a policy written as YAML", () => {
  test("is read back as it was, whatever its names are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" }), (words) => {
        const name = `x${words}x`;
        const policy = { ...SHIPPED, teams: SHIPPED.teams.map((team) => ({ ...team, name })) };
        const read = readRulesFile(fileOf(policyYaml(policy)));
        // A name may be refused, or trimmed, as it is in JSON: both forms are to say the same.
        expect(read.policy).toEqual(readRulesFile(fileOf(JSON.stringify(policy), "policy.json")).policy);
        expect(read.policy).toEqual(policy);
      }),
      { numRuns: 20 },
    );
  });

  test("names its schema for editors, where it is known, and is read as before", () => {
    const text = policyYaml(SHIPPED, "https://desk.example/policy.schema.json");
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:\/\/desk\.example\/policy\.schema\.json\n/);
    expect(readRulesFile(fileOf(text)).policy).toEqual(SHIPPED);
  });

  test("may bring calendars along, and comments", () => {
    const text = `# ours\npolicy: ${JSON.stringify(SHIPPED)}\ncalendars: []\n`;
    expect(readRulesFile(fileOf(text))).toMatchObject({ policy: SHIPPED, calendars: [] });
  });
});

describe("when a file of rules is linted", () => {
  test("what ships has no fault, and no desk is asked", async () => {
    expect(await lint(policyYaml(SHIPPED))).toMatchObject({ exitCode: 0, out: "", err: "", sent: [] });
  });

  test("an error is named with its line and what to do, and ends the command with 1", async () => {
    const text = edited({ defaultTeam: "nobody" });
    const { exitCode, out, err } = await lint(text);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      `policy.yaml:${lineOf(text, "nobody")}:14: /defaultTeam: there is no team nobody; name one of`,
    );
    expect(out).toMatch(/^error unknown-team /);
    expect(err).toContain("1 error");
  });

  test("a rule that no case reaches is a warning that names the one before it, and ends the command with 0", async () => {
    const late = { id: "late", when: { priority: ["high"] }, team: "au" };
    const text = edited({ routing: [...SHIPPED.routing, late] });
    const { exitCode, out } = await lint(text, "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        severity: "warning",
        code: "unreachable",
        path: "/routing/2",
        place: `${lineOf(text, "id: late")}:5`,
        problem: expect.stringContaining("own-team"),
        remedy: expect.stringContaining("own-team"),
      },
    ]);
  });

  test("urgent cases that would wait in silence are an error, with the line of the rule", async () => {
    const text = edited({ routing: [{ id: "own-team", when: {}, team: "account-team" }] });
    const { exitCode, out } = await lint(text);
    expect(exitCode).toBe(1);
    expect(out).toContain(`error cover-hole ${join(folder, "policy.yaml")}:${lineOf(text, "team: account-team")}:`);
  });

  test("a fault within a wrapped policy has its line too", async () => {
    const text = JSON.stringify({ calendars: [], policy: { ...SHIPPED, topTier: "three" } }, null, 2);
    const { out } = await lint(text);
    expect(out).toContain(`policy.yaml:${lineOf(text, '"three"')}:`);
  });

  test("a calendar of another shape is placed", async () => {
    const text = JSON.stringify({ policy: SHIPPED, calendars: [{ id: 7 }] }, null, 2);
    expect((await lint(text)).out).toContain(`policy.yaml:${lineOf(text, '"id": 7')}:`);
  });
});

describe("a file that cannot be read as rules is refused by name", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const level = (at: number) =>
    `a${at}: &a${at} [${Array(10)
      .fill(`*a${at - 1}`)
      .join(", ")}]`;
  const bomb = ["a0: &a0 [x]", ...[1, 2, 3, 4].map(level)].join("\n");

  test.each([
    ["is no YAML", "name: x\nteams: [", "policy.yaml:2:9: "],
    ["has a key twice", "name: x\nname: y\n", "policy.yaml:2:1: "],
    ["names what is nowhere", "name: *gone\n", "policy.yaml:1:7: "],
    ["multiplies by aliases", bomb, "aliases"],
    ["stands in itself", "a: &a [*a]\n", "leads back"],
    ["stands in what it holds", "a: &a {b: {c: [*a]}}\n", "leads back"],
    ["is nested too deeply", nested(DEPTH_MAX + 2), "deep"],
    ["would exhaust the stack", nested(100_000), "deep"],
    ["is too long", "#".repeat(FILE_MAX + 1), `at most ${FILE_MAX}`],
    ["is empty", "", "1 error"],
    ["is two documents", "a: 1\n---\nb: 2\n", "policy.yaml:2:1: "],
  ])("%s", async (_, text, said) => {
    const { exitCode, err } = await lint(text);
    expect(exitCode).toBe(1);
    expect(err).toContain(said);
  });
});
