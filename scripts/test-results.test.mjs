import { describe, expect, test } from "vitest";
import { countTests, failures } from "./test-results.mjs";

const file = (name, statuses, message = "") => ({
  name,
  message,
  status: statuses.includes("failed") || message ? "failed" : "passed",
  assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
});

describe("a run whose tests were counted by vitest", () => {
  test("passes and failures are taken over", () => {
    const report = { numPassedTests: 2, numFailedTests: 1, testResults: [file("a", ["passed", "passed", "failed"])] };
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1 });
    expect(failures(report)).toEqual(["a: test 2"]);
  });
});

describe("what vitest does not count as a test is a failure all the same", () => {
  test.each([
    [
      "a file that could not be loaded",
      { numPassedTests: 1, numFailedTests: 0, testResults: [file("b", [], "no such module\nat x")] },
      1,
      1,
    ],
    ["an error outside any test", { numPassedTests: 1, numFailedTests: 0, testResults: [file("a", ["passed"])] }, 1, 1],
    ["a run without a report", undefined, 1, 1],
    ["a run that executed no test", { numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0, 1],
  ])("%s", (_, report, exitCode, failed) => {
    expect(countTests(report, exitCode).failed).toBe(failed);
  });

  test("a file that could not be loaded is named with the first line of its reason", () => {
    expect(failures({ testResults: [file("b", [], "no such module\nat x")] })).toEqual(["b: no such module"]);
  });
});
