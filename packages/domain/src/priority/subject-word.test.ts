import { describe, expect, test } from "vitest";
import { subjectWord } from "./subject-word.ts";

describe("the word in the subject", () => {
  test.each([
    ["Critical: nobody can log in", "critical"],
    ["nobody can log in - CRITICAL", "critical"],
    ["Re: Fwd: critical", "critical"],
    ["RE[2]: FW: (critical) export", "critical"],
    ["Not critical, but CRITICAL for Bob", "critical"],
    ["not-critical: typo", "critical"],
    ["non-critical: typo", "not-critical"],
    ["Non critical typo", "not-critical"],
    ["this is not  critical", "not-critical"],
    ["critically slow", undefined],
    ["criticality report", undefined],
    ["noncritical", undefined],
    ["uncritical", undefined],
    ["", undefined],
  ])("%j says %s", (subject, word) => {
    expect(subjectWord(subject)).toBe(word);
  });

  test("is found in linear time in a hostile subject", () => {
    expect(subjectWord(`${"re:".repeat(50_000)}critical`)).toBe("critical");
    expect(subjectWord("not ".repeat(60_000))).toBeUndefined();
  });
});
