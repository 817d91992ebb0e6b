import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { breakingChanges, type Writer } from "./breaking-changes.ts";
import { brokenBy, documents } from "./documents.ts";
import type { JsonSchema } from "./json-schema.ts";

describe("the committed documents", () => {
  test.each(Object.entries(documents()))(
    "%s is what the code says (npm run generate -w @ithaca/contracts)",
    (name, made) => {
      expect(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8")).toBe(made);
    },
  );

  test("name every route and every event", () => {
    const { "openapi.json": api, "events.json": events } = documents();
    expect(Object.keys(JSON.parse(api).paths)).toContain("/v1/cases/{number}/clocks/{metric}/explanation");
    expect(Object.keys(JSON.parse(events).details)).toEqual(expect.arrayContaining(["CaseOpened", "TriageOwed"]));
  });
});

describe("when a schema changes", () => {
  const jo: JsonSchema = {
    type: "object",
    properties: { name: { type: "string", maxLength: 9 }, kind: { type: "string", enum: ["a", "b"] } },
    required: ["name"],
  };
  const { name, kind } = jo.properties as { name: JsonSchema; kind: JsonSchema };

  test.each<[string, JsonSchema, Writer, string[]]>([
    [
      "a new optional field breaks nobody",
      { ...jo, properties: { name, kind, age: { type: "integer" } } },
      "caller",
      [],
    ],
    ["a field that is gone breaks readers", { ...jo, properties: { name } }, "us", ["X.kind: is gone"]],
    ["a field that is gone breaks callers", { ...jo, properties: { name } }, "caller", ["X.kind: is gone"]],
    ["a field that may be absent breaks readers", { ...jo, required: [] }, "us", ["X.name: may be absent now"]],
    ["a field that may be absent helps callers", { ...jo, required: [] }, "caller", []],
    [
      "a newly required field breaks callers",
      { ...jo, required: ["name", "kind"] },
      "caller",
      ["X.kind: is required now"],
    ],
    ["a newly required field helps readers", { ...jo, required: ["name", "kind"] }, "us", []],
    [
      "a shorter limit breaks callers",
      { ...jo, properties: { name: { ...name, maxLength: 8 }, kind } },
      "caller",
      ["X.name: maxLength was 9, is 8"],
    ],
    [
      "another type breaks everybody",
      { ...jo, properties: { name: { type: "integer" }, kind } },
      "us",
      ["X.name: type was string, is integer"],
    ],
    [
      "a value that is gone breaks callers",
      { ...jo, properties: { name, kind: { ...kind, enum: ["a"] } } },
      "caller",
      ["X.kind: b is no value any more"],
    ],
    [
      "a new value breaks nobody",
      { ...jo, properties: { name, kind: { ...kind, enum: ["a", "b", "c"] } } },
      "caller",
      [],
    ],
    [
      "any code, where there were some values of that shape, breaks nobody",
      { ...jo, properties: { name, kind: { type: "string", pattern: "^[a-z]+$", maxLength: 40 } } },
      "caller",
      [],
    ],
    [
      "any code, where there was a value of another shape, breaks callers",
      { ...jo, properties: { name, kind: { type: "string", pattern: "^[b-z]+$", maxLength: 40 } } },
      "caller",
      ["X.kind: a is no value any more"],
    ],
  ])("%s", (_, after, writer, broken) => expect(breakingChanges(jo, after, writer, "X")).toEqual(broken));

  test("a route or an event that is gone is named", () => {
    const before = documents();
    const api = JSON.parse(before["openapi.json"]);
    const events = JSON.parse(before["events.json"]);
    delete api.paths["/v1/me"];
    delete events.details.CaseOpened;
    const after = { "openapi.json": JSON.stringify(api), "events.json": JSON.stringify(events) };
    expect(brokenBy(before, after)).toEqual(["get /v1/me: is gone", "CaseOpened: is gone"]);
    expect(brokenBy(before, before)).toEqual([]);
  });
});
