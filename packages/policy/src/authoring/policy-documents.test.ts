import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { shippedRules } from "../shipped-rules.ts";
import { CASES_WORDS } from "./cases-words.ts";
import { policyDocuments } from "./policy-documents.ts";
import { casesSchema, policySchema } from "./policy-schema.ts";
import { POLICY_WORDS } from "./policy-words.ts";

const { policy: SHIPPED, calendars: CALENDARS } = shippedRules;
const takes = validator(policySchema());
const takesCases = validator(casesSchema());

function validator(schema: ReturnType<typeof policySchema>) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** The policy that ships, after a change to it as JSON. */
function changed(change: (policy: Json) => void): Json {
  const policy: Json = structuredClone(SHIPPED);
  change(policy);
  return policy;
}
// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape is what is tried.
type Json = any;

describe("the committed documents", () => {
  test.each(Object.entries(policyDocuments()))(
    "%s is what its source says (npm run generate -w @ithaca/policy)",
    (name, made) => {
      expect(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8")).toBe(made);
    },
  );
});

describe("the schema of a file of rules", () => {
  test("says of every field what it means, and of nothing else", () => {
    expect(["$schema", ...Object.keys(POLICY_WORDS)].sort()).toEqual(pathsOf(policySchema().$defs?.policy).sort());
  });

  test.each([
    ["the policy that ships", SHIPPED],
    ["its source", parse(readFileSync(new URL("../../policy.yaml", import.meta.url), "utf8"))],
    ["a file that names its schema", { $schema: "./policy.schema.json", ...SHIPPED }],
    ["a policy with its calendars", { policy: SHIPPED, calendars: CALENDARS }],
    ["a field of the desk's own", { ...SHIPPED, fields: [{ code: "site", name: "Site", kind: "text" }] }],
  ])("takes %s", (_, json) => {
    takes(json);
    expect(takes.errors ?? []).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ["nothing", null, ""],
    ["a list", [], ""],
    ["no version", changed((policy) => delete policy.version), ""],
    ["version 0", changed((policy) => (policy.version = 0)), "/version"],
    ["an empty name", changed((policy) => (policy.name = "")), "/name"],
    ["no teams", changed((policy) => (policy.teams = [])), "/teams"],
    ["a code in capitals", changed(({ teams }) => (teams[0].code = "MAIN")), "/teams/0/code"],
    ["an address that is none", changed(({ teams }) => (teams[1].leadAddress = "x")), "/teams/1/leadAddress"],
    ["a team without hours", changed(({ teams }) => delete teams[0].hours), "/teams/0"],
    ["a misspelt field", changed(({ teams }) => (teams[0].chathours = "main-chat")), "/teams/0"],
    ["a word for yes", changed(({ channels }) => (channels[0].selfService = "yes")), "/channels/0/selfService"],
    ["half a rank", changed(({ priorities }) => (priorities[0].rank = 1.5)), "/priorities/0/rank"],
    ["a misspelt condition", changed(({ routing }) => (routing[0].when.prioriti = ["low"])), "/routing/0/when"],
    ["a name for a list", changed(({ routing }) => (routing[0].when.priority = "low")), "/routing/0/when/priority"],
    ["an empty list of names", changed(({ routing }) => (routing[0].when.priority = [])), "/routing/0/when/priority"],
    [
      "another word of the subject",
      changed(({ classification }) => (classification[0].when.subjectWord = "urgent")),
      "/classification/0/when/subjectWord",
    ],
    ["no length", changed(({ targets }) => (targets[0].length = {})), "/targets/0/length"],
    ["two lengths", changed(({ targets }) => (targets[0].length.businessDays = 1)), "/targets/0/length"],
    ["no time at all", changed(({ targets }) => (targets[0].length = { minutes: 0 })), "/targets/0/length/minutes"],
    ["another clock", changed(({ targets }) => (targets[0].clock = "sundial")), "/targets/0/clock"],
    ["all of a target", changed(({ targets }) => (targets[0].warnings[0].percent = 100)), "/targets/0/warnings/0"],
    ["another metric", changed(({ targets }) => (targets[0].when.metric = ["joy"])), "/targets/0/when/metric/0"],
    ["an eleventh tier", changed((policy) => (policy.topTier = 11)), "/topTier"],
    ["a calendar without an id", { policy: SHIPPED, calendars: [{ version: 1 }] }, "/calendars/0"],
    ["something beside policy and calendars", { policy: SHIPPED, calendar: [] }, ""],
  ])("refuses %s, at its field", (_, json, path) => {
    expect(takes(json)).toBe(false);
    expect(takes.errors?.map(({ instancePath }) => instancePath)).toContain(path);
  });
});

describe("the schema of a file of cases", () => {
  const CASE = { name: "A ticket", at: "2026-06-10T10:00:00-04:00", channel: "portal", expect: { team: "main" } };
  const one = (change: object) => ({ cases: [{ ...CASE, ...change }] });

  test("says of every field what it means, and of nothing else", () => {
    expect(["$schema", ...Object.keys(CASES_WORDS)].sort()).toEqual(pathsOf(casesSchema()).sort());
  });

  test.each([
    [
      "the cases of the policy that ships",
      parse(readFileSync(new URL("../../policy.cases.yaml", import.meta.url), "utf8")),
    ],
    ["a file that names its schema", { $schema: "./policy.cases.schema.json", cases: [CASE] }],
    ["a case of which nothing is promised", one({ expect: { due: null } })],
  ])("takes %s", (_, json) => {
    takesCases(json);
    expect(takesCases.errors ?? []).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ["no case", { cases: [] }, "/cases"],
    ["a case without an instant", one({ at: undefined }), "/cases/0"],
    ["an instant without its offset", one({ at: "2026-06-10T10:00:00" }), "/cases/0/at"],
    ["a misspelt field", one({ requestedpriority: "high" }), "/cases/0"],
    ["a misspelt expectation", one({ expect: { teem: "main" } }), "/cases/0/expect"],
    ["a case that expects nothing", one({ expect: {} }), "/cases/0/expect"],
    ["a sender who may be known", one({ sender: "maybe" }), "/cases/0/sender"],
  ])("refuses %s, at its field", (_, json, path) => {
    expect(takesCases(json)).toBe(false);
    expect(takesCases.errors?.map(({ instancePath }) => instancePath)).toContain(path);
  });
});

/** The path of each field of a schema, as the words are named. */
function pathsOf(schema: Json, path = ""): string[] {
  const { items, properties = {}, anyOf = [] } = schema;
  const inside = Object.entries(properties).flatMap(([name, one]) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [at, ...pathsOf(one, at)];
  });
  return [
    ...inside,
    ...(items ? pathsOf(items, `${path}[]`) : []),
    ...anyOf.flatMap((one: Json) => pathsOf(one, path)),
  ];
}
