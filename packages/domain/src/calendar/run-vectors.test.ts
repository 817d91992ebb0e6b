import { describe, expect, test } from "vitest";
import { runVectors, VECTOR_LINE_MAX_LENGTH } from "./run-vectors.ts";

const calendar = {
  tz: "America/New_York",
  week: { "1": [["08:00", "20:00"]], "3": [["08:00", "20:00"]], "4": [["08:00", "20:00"]], "5": [["08:00", "20:00"]] },
  holidays: ["2026-11-26"],
  overrides: { "2026-11-27": [["08:00", "12:00"]] },
};
const add = {
  id: "a",
  op: "add",
  calendar,
  start: "2026-11-25T22:00:00Z",
  minutes: 240,
  due: "2026-11-27T09:00:00-05:00",
};
const diff = {
  id: 7,
  op: "diff",
  calendar,
  start: "2026-11-25T22:00:00Z",
  end: "2026-12-01T00:00:00Z",
  minutes: 1_080,
};

function run(...vectors: unknown[]) {
  return runVectors(vectors.map((vector) => (typeof vector === "string" ? vector : JSON.stringify(vector))));
}

describe("vectors that we agree with", () => {
  test("are counted, and empty lines are not", () => {
    expect(run(add, "", diff, "  ")).toEqual({ checked: 2, disagreements: [], faults: [] });
  });

  test("may have an override on a holiday, nothing special at all, or parts of minutes", () => {
    const open = { tz: "UTC", week: {}, holidays: ["2026-11-26"], overrides: { "2026-11-26": [["00:00", "24:00"]] } };
    expect(
      run(
        { ...add, calendar: open, start: "2026-11-26T10:00:00Z", minutes: 0.5, due: "2026-11-26T10:00:30Z" },
        {
          ...diff,
          calendar: { tz: "UTC", week: { "4": [["00:00", "24:00"]] } },
          start: "2026-11-26T10:00:00Z",
          end: "2026-11-26T09:58:30Z",
          minutes: -1.5,
        },
      ),
    ).toEqual({ checked: 2, disagreements: [], faults: [] });
  });
});

describe("vectors that we do not agree with", () => {
  test("are listed with both answers and their line", () => {
    expect(run(diff, { ...add, due: "2026-11-27T13:00:00Z" }, { ...diff, minutes: 1_079 })).toEqual({
      checked: 3,
      disagreements: [
        { line: 2, id: "a", op: "add", expected: "2026-11-27T13:00:00.000Z", found: "2026-11-27T14:00:00.000Z" },
        { line: 3, id: 7, op: "diff", expected: 1_079, found: 1_080 },
      ],
      faults: [],
    });
  });

  test("are so when our answer is never", () => {
    const { disagreements } = run({ ...add, calendar: { tz: "UTC", week: {} } });
    expect(disagreements).toEqual([
      { line: 1, id: "a", op: "add", expected: "2026-11-27T14:00:00.000Z", found: "never" },
    ]);
  });
});

describe("lines that are no vectors", () => {
  test.each<[string, unknown, string]>([
    ["no JSON", "{", "the line is no JSON"],
    ["no object", "7", "vector: "],
    ["another operation", { ...add, op: "multiply" }, "op: "],
    ["a missing start", { ...add, start: undefined }, "start: "],
    ["a start without a zone", { ...add, start: "2026-11-25T22:00:00" }, "start: "],
    ["a negative length", { ...add, minutes: -1 }, "minutes: "],
    [
      "a time that is none",
      { ...diff, calendar: { ...calendar, week: { "1": [["8:00", "20:00"]] } } },
      "calendar.week.1.0.0: ",
    ],
    ["a date that is none", { ...diff, calendar: { ...calendar, holidays: ["2026-02-30"] } }, "calendar.holidays.0: "],
    [
      "an unknown zone",
      { ...diff, calendar: { ...calendar, tz: "Mars/X" } },
      "calendar.tz: Mars/X is not a zone of the IANA database",
    ],
  ])("%s: the field is named, and the next line is read", (_what, vector, problem) => {
    const report = run(vector, add);
    expect(report.checked).toBe(1);
    expect(report.faults).toEqual([{ line: 1, problem: expect.stringContaining(problem) }]);
  });

  test("a line that is too long", () => {
    const long = JSON.stringify({ ...add, id: "i".repeat(VECTOR_LINE_MAX_LENGTH) });
    expect(run(long).faults).toEqual([{ line: 1, problem: "the line is longer than 200000 characters" }]);
    const longest = `${JSON.stringify(add)}${" ".repeat(VECTOR_LINE_MAX_LENGTH)}`.slice(0, VECTOR_LINE_MAX_LENGTH);
    expect(run(longest)).toEqual({ checked: 1, disagreements: [], faults: [] });
  });
});
