import { describe, expect, test } from "vitest";
import { BY, CASE_ID, openedCase, opening, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { instantOf, toIso } from "../time/instant.ts";
import { applyAppend } from "./evolve.ts";
import { openCase } from "./open-case.ts";

describe("when a customer's question comes in opening hours", () => {
  test("the case has its number, priority, team and a due one business day on, past Thanksgiving", () => {
    const { case: opened, facts } = openedCase();
    expect(facts.map((fact) => fact.type)).toEqual([
      "CaseOpened",
      "MessageReceived",
      "PriorityClassified",
      "CaseRouted",
      "ClockStarted",
    ]);
    expect(opened).toMatchObject({ number: "100000009", version: 1, status: "new", priority: "medium", team: "main" });
    expect(opened.clocks.map((cycle) => toIso(cycle.dueAt))).toEqual(["2026-11-27T15:00:00.000Z"]);
  });
});

describe("when the question asks for critical", () => {
  const nightInBoth = instantOf("2026-11-25T02:00:00Z");
  const bothOpen = instantOf("2026-11-25T22:30:00Z");

  test.each([
    ["main is open and the account is au's", { receivedAt: WEDNESDAY_10_NY, accountTeam: "au" }, "main"],
    ["both are open and the account is au's", { receivedAt: bothOpen, accountTeam: "au" }, "au"],
    ["both are open and the account is main's", { receivedAt: bothOpen, accountTeam: "main" }, "main"],
  ])("%s: it goes to a team that is open", (_situation, change, team) => {
    const { case: opened, facts } = openedCase({ ...change, requestedPriority: "critical" });
    expect(opened.team).toBe(team);
    expect(facts.some((fact) => fact.type === "CoverageGapFound")).toBe(false);
  });

  test("nobody is open: it stays with the account's own team, and the gap is a fact", () => {
    const gap = instantOf("2026-11-28T12:00:00Z");
    const { case: opened, facts } = openedCase({ receivedAt: gap, accountTeam: "au", requestedPriority: "critical" });
    expect(opened.team).toBe("au");
    expect(facts).toContainEqual({ type: "CoverageGapFound", at: gap, by: BY, team: "au" });
  });

  test("its two hours run at night", () => {
    const { case: opened } = openedCase({ receivedAt: nightInBoth, requestedPriority: "critical" });
    expect(opened.clocks[0]?.dueAt).toBe(instantOf("2026-11-25T04:00:00Z"));
  });

  test("a channel that is no opener opens it at high, marked for an agent", () => {
    const { case: opened } = openedCase({ channel: "chat", requestedPriority: "critical" });
    expect(opened).toMatchObject({ priority: "high", requestedPriority: "critical", flag: "may-be-critical" });
  });
});

describe("when it cannot be triaged", () => {
  test.each([
    ["there is no policy", undefined, "no-policy"],
    ["the policy has no rule for it", exampleRulebook({ routing: [] }), "decision-failed"],
  ] as const)("%s: the case opens all the same and triage is owed", (_situation, rulebook, cause) => {
    const facts = openCase(opening(), rulebook, WEDNESDAY_10_NY, BY);
    expect(facts.map((fact) => fact.type)).toEqual(["CaseOpened", "MessageReceived", "TriageDeferred"]);
    expect(facts.at(-1)).toMatchObject({ cause });
    expect(applyAppend(undefined, facts, CASE_ID)).toMatchObject({ triageOwed: true, clocks: [], messageCount: 1 });
  });
});
