import { expect, test } from "vitest";
import { faultyField } from "./faulty-field.ts";

test.each([
  ["/targets/0/length", "policy.targets.0.length"],
  ["/calendars/0/week", "calendars.0.week"],
  ["/movesUnfinished", "movesUnfinished"],
])("a fault at %s is one of the request's field %s, with what to do", (path, field) => {
  expect(faultyField({ path, problem: "it is wrong", remedy: "mend it" })).toEqual({
    path: field,
    message: "it is wrong; mend it",
  });
});
