import { describe, expect, test } from "vitest";
import { matchesPattern } from "./pattern.ts";

const event = { source: "ithaca", "detail-type": "MailOwed", detail: { kind: "mail", to: ["a", "b"] } };

describe("a pattern of a rule", () => {
  test.each([
    [{ source: ["ithaca"], "detail-type": ["MailOwed"] }, true],
    [{ source: ["ithaca"], "detail-type": ["TimerOwed", "MailOwed"] }, true],
    [{ source: ["aws.s3"] }, false],
    [{ detail: { kind: ["mail"] } }, true],
    [{ detail: { to: ["b"] } }, true],
    [{ detail: { missing: ["x"] } }, false],
    [{ source: [{ prefix: "ith" }] }, true],
    [{ source: [{ suffix: "x" }] }, false],
    [{ source: [{ "anything-but": ["ithaca"] }] }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
  ])("%j matches: %s", (pattern, matches) => {
    expect(matchesPattern(pattern, event)).toBe(matches);
  });

  test("with an operator that is not simulated is refused", () => {
    expect(() => matchesPattern({ source: [{ cidr: "10.0.0.0/24" }] }, event)).toThrow("cidr");
  });
});
