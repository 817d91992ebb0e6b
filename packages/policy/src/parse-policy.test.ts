import { describe, expect, test } from "vitest";
import { parsePolicy } from "./parse-policy.ts";
import { shippedPolicy } from "./shipped-policy.ts";

describe("reading a policy", () => {
  test("what was written is read again", () => {
    const policy = shippedPolicy();
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, policy });
  });

  test.each<[string, unknown, string]>([
    ["a team without a lead", withTeam({ leadAddress: undefined }), "/teams/0/leadAddress"],
    ["an address that is none", withTeam({ onCallAddress: "nobody" }), "/teams/0/onCallAddress"],
    ["a code in capitals", withTeam({ code: "MAIN" }), "/teams/0/code"],
    ["no targets", { ...shippedPolicy(), targets: [] }, "/targets"],
    ["a tier beyond ten", { ...shippedPolicy(), topTier: 11 }, "/topTier"],
    ["nothing at all", null, ""],
    ["a condition that is misspelt", withRouting({ prioriti: ["low"] }), "/routing/0/when/prioriti"],
    ["a field that every object has", { ...shippedPolicy(), toString: "x" }, "/toString"],
    ["a second length", withLength({ minutes: 5, businessDays: 1 }), "/targets/0/length/businessDays"],
  ])("%s is a fault at its field", (_situation, json, path) => {
    const read = parsePolicy(json);
    expect(read.ok ? [] : read.faults.map((fault) => fault.path)).toEqual([path]);
  });
});

test("a file may name its schema", () => {
  expect(parsePolicy({ $schema: "./policy.schema.json", ...shippedPolicy() })).toMatchObject({ ok: true });
});

function withRouting(when: object): unknown {
  const [first, ...rest] = shippedPolicy().routing;
  return { ...shippedPolicy(), routing: [{ ...first, when }, ...rest] };
}

function withLength(length: object): unknown {
  const [first, ...rest] = shippedPolicy().targets;
  return { ...shippedPolicy(), targets: [{ ...first, length }, ...rest] };
}

function withTeam(change: object): unknown {
  const policy = shippedPolicy();
  return { ...policy, teams: policy.teams.map((team, index) => (index === 0 ? { ...team, ...change } : team)) };
}
