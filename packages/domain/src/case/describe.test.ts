import { describe, expect, test } from "vitest";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import type { FieldValue } from "./case.ts";
import { setFields } from "./describe.ts";

const RULES = exampleRulebook({
  fields: [
    { code: "shop", name: "Shop", kind: "text" },
    { code: "seats", name: "Seats", kind: "number" },
    { code: "vip", name: "Important", kind: "yes-no" },
    { code: "plan", name: "Plan", kind: "choice", choices: ["small", "large"] },
    { code: "site", name: "Site", kind: "choice", choices: ["a", "b", "c"].map((place) => place.repeat(200)) },
  ],
});

const { case: opened } = openedCase();
const set = (fields: Record<string, FieldValue>, on = opened) => setFields(on, fields, RULES, WEDNESDAY_10_NY, BY);

describe("when the fields of a case are filled", () => {
  test("each holds what the policy says, and what is left out is emptied", () => {
    const filled = stateAfter(opened, set({ shop: "North", seats: 12, vip: false, plan: "large" }));
    expect(filled.fields).toEqual({ shop: "North", seats: 12, vip: false, plan: "large" });
    const changed = set({ shop: "North", seats: 13 }, filled);
    expect(factsOf(changed)).toMatchObject([{ type: "FieldsChanged", set: { seats: 13 }, cleared: ["vip", "plan"] }]);
    expect(stateAfter(filled, changed).fields).toEqual({ shop: "North", seats: 13 });
  });

  test("the same again is no change", () => {
    const filled = stateAfter(opened, set({ shop: "North" }));
    expect(set({ shop: "North" }, filled)).toEqual([]);
  });

  test.each<[string, Record<string, FieldValue>, string, string]>([
    ["a field that nobody defined", { colour: "red" }, "unknown-field", "is no field of this desk"],
    ["a text as a number", { seats: "12" }, "wrong-field", "must be a number"],
    ["a text as yes or no", { vip: "yes" }, "wrong-field", "must be true or false"],
    ["a number as a text", { shop: 1 }, "wrong-field", "must be a text"],
    [
      "a choice of many words that is none",
      { site: "here" },
      "wrong-field",
      "must be one of its 3 choices, which the policy lists",
    ],
    ["a choice that is none", { plan: "huge" }, "wrong-field", "must be one of: small, large"],
  ])("%s is refused by its name", (_, fields, refused, message) => {
    const [code] = Object.keys(fields);
    expect(set({ shop: "North", ...fields })).toEqual({ refused, errors: [{ path: `fields.${code}`, message }] });
  });

  test("all that are wrong are named at once", () => {
    expect(set({ seats: "12", colour: "red", vip: "yes" })).toMatchObject({
      refused: "unknown-field",
      errors: [{ path: "fields.colour" }, { path: "fields.seats" }, { path: "fields.vip" }],
    });
  });
});
