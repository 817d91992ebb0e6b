import {
  applyAppend,
  type Fact,
  type FactOf,
  fixedRulebook,
  HOUR_MS,
  instantOf,
  isOpen,
  type Opening,
  openCase,
  plus,
  system,
  toIso,
} from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { shippedRules } from "./shipped-rules.ts";

const rulebook = fixedRulebook(shippedRules.policy, shippedRules.calendars);
const BY = system("receive-message");

type Given = Partial<Pick<Opening, "channel" | "subject" | "requestedPriority" | "accountTeam">> & { at: string };

function opened({ at, ...given }: Given): Fact[] {
  const now = instantOf(at);
  return openCase(
    {
      messageId: "msg_1",
      channel: "portal",
      requestedPriority: "medium",
      receivedAt: now,
      automatic: false,
      requesterId: "person_1",
      senderVerified: true,
      ...given,
    },
    rulebook,
    now,
    BY,
  );
}

function only<Type extends Fact["type"]>(facts: readonly Fact[], type: Type): FactOf<Type> {
  const found = facts.filter((fact): fact is FactOf<Type> => fact.type === type);
  const [first] = found;
  if (found.length !== 1 || first === undefined) throw new Error(`${found.length} facts ${type}`);
  return first;
}

describe("what a message opens at (support-policy.md, Priorities)", () => {
  const at = "2026-06-10T15:00:00Z";

  test.each<[string, Omit<Given, "at">, string, string, string | undefined]>([
    ["a portal ticket asks for it", { requestedPriority: "critical" }, "critical", "critical-on-portal", undefined],
    [
      "mail with the word",
      { channel: "email", subject: "CRITICAL: down" },
      "critical",
      "critical-in-subject",
      undefined,
    ],
    [
      "a forwarded mail with the word",
      { channel: "email", subject: "Fwd: Re: critical!" },
      "critical",
      "critical-in-subject",
      undefined,
    ],
    [
      "mail that says critically",
      { channel: "email", subject: "critically slow" },
      "medium",
      "as-requested",
      undefined,
    ],
    [
      "mail that says non-critical",
      { channel: "email", subject: "A non-critical thing" },
      "medium",
      "not-critical-in-subject",
      "says-not-critical",
    ],
    [
      "mail that says not critical",
      { channel: "email", subject: "this is not critical" },
      "medium",
      "not-critical-in-subject",
      "says-not-critical",
    ],
    [
      "mail that says not critical and asks for it",
      { channel: "email", subject: "not critical", requestedPriority: "critical" },
      "high",
      "critical-elsewhere",
      "may-be-critical",
    ],
    ["a portal ticket with the word in its subject", { subject: "Critical!" }, "medium", "as-requested", undefined],
    ["a voicemail on the emergency line", { channel: "emergency-line" }, "critical", "emergency-line", undefined],
    [
      "a chat that asks for it",
      { channel: "chat", requestedPriority: "critical" },
      "high",
      "critical-elsewhere",
      "may-be-critical",
    ],
    [
      "a phone call that asks for it",
      { channel: "phone", requestedPriority: "critical" },
      "high",
      "critical-elsewhere",
      "may-be-critical",
    ],
    ["a low question", { requestedPriority: "low" }, "low", "as-requested", undefined],
    ["a priority that the desk does not have", { requestedPriority: "whenever" }, "medium", "as-requested", undefined],
  ])("%s", (_situation, given, priority, ruleId, flag) => {
    const fact = only(opened({ at, ...given }), "PriorityClassified");
    expect({ priority: fact.priority, ruleId: fact.ruleId, flag: fact.flag }).toEqual({ priority, ruleId, flag });
  });
});

describe("who gets it, and by when (New York is UTC−5, from 8 March 2026 UTC−4; Sydney UTC+11, from 5 April UTC+10)", () => {
  const low = "low";
  const medium = "medium";
  const high = "high";
  const critical = "critical";
  const au = "au";

  test.each<[string, Given, string, string]>([
    [
      "high on a Wednesday morning: four hours",
      { at: "2026-06-10T14:00:00Z", requestedPriority: high },
      "main",
      "2026-06-10T18:00:00.000Z",
    ],
    [
      "high two hours before closing: the other two next morning",
      { at: "2026-06-10T22:00:00Z", requestedPriority: high },
      "main",
      "2026-06-11T14:00:00.000Z",
    ],
    [
      "high on Friday evening: Monday",
      { at: "2026-06-12T23:00:00Z", requestedPriority: high },
      "main",
      "2026-06-15T15:00:00.000Z",
    ],
    [
      "medium: the same time on the next working day",
      { at: "2026-06-10T14:00:00Z", requestedPriority: medium },
      "main",
      "2026-06-11T14:00:00.000Z",
    ],
    [
      "medium on Friday: the same time on Monday",
      { at: "2026-06-12T14:00:00Z", requestedPriority: medium },
      "main",
      "2026-06-15T14:00:00.000Z",
    ],
    [
      "medium at night: the closing of the day that opens next",
      { at: "2026-06-10T06:00:00Z", requestedPriority: medium },
      "main",
      "2026-06-11T00:00:00.000Z",
    ],
    [
      "low: two working days",
      { at: "2026-06-10T14:00:00Z", requestedPriority: low },
      "main",
      "2026-06-12T14:00:00.000Z",
    ],
    [
      "medium before Thanksgiving: over the holiday",
      { at: "2026-11-25T15:00:00Z", requestedPriority: medium },
      "main",
      "2026-11-27T15:00:00.000Z",
    ],
    [
      "low before Thanksgiving: over holiday and weekend",
      { at: "2026-11-25T15:00:00Z", requestedPriority: low },
      "main",
      "2026-11-30T15:00:00.000Z",
    ],
    [
      "medium over New York's spring change: the same wall clock",
      { at: "2026-03-06T15:00:00Z", requestedPriority: medium },
      "main",
      "2026-03-09T14:00:00.000Z",
    ],
    [
      "high for an Australian account: Sydney's hours",
      { at: "2026-06-10T00:00:00Z", requestedPriority: high, accountTeam: au },
      "au",
      "2026-06-10T04:00:00.000Z",
    ],
    [
      "high in Sydney's afternoon: the rest next morning",
      { at: "2026-06-10T05:00:00Z", requestedPriority: high, accountTeam: au },
      "au",
      "2026-06-11T01:00:00.000Z",
    ],
    [
      "medium in Sydney: eight hours are its day",
      { at: "2026-06-10T00:00:00Z", requestedPriority: medium, accountTeam: au },
      "au",
      "2026-06-11T00:00:00.000Z",
    ],
    [
      "low in Sydney over the King's Birthday weekend",
      { at: "2026-06-05T00:00:00Z", requestedPriority: low, accountTeam: au },
      "au",
      "2026-06-10T00:00:00.000Z",
    ],
    [
      "medium over Easter and Sydney's autumn change",
      { at: "2026-04-01T23:00:00Z", requestedPriority: medium, accountTeam: au },
      "au",
      "2026-04-07T00:00:00.000Z",
    ],
    [
      "critical while New York is open: two hours",
      { at: "2026-06-10T14:00:00Z", requestedPriority: critical },
      "main",
      "2026-06-10T16:00:00.000Z",
    ],
    [
      "critical for Australia while only New York is open",
      { at: "2026-06-10T14:00:00Z", requestedPriority: critical, accountTeam: au },
      "main",
      "2026-06-10T16:00:00.000Z",
    ],
    [
      "critical while only Sydney is open",
      { at: "2026-06-10T03:00:00Z", requestedPriority: critical },
      "au",
      "2026-06-10T05:00:00.000Z",
    ],
    [
      "critical while both are open: the account's own",
      { at: "2026-06-09T23:30:00Z", requestedPriority: critical, accountTeam: au },
      "au",
      "2026-06-10T01:30:00.000Z",
    ],
    [
      "critical for a stranger while both are open: the default team",
      { at: "2026-06-09T23:30:00Z", requestedPriority: critical },
      "main",
      "2026-06-10T01:30:00.000Z",
    ],
    [
      "critical on a Sunday: its own team, and the clock runs",
      { at: "2026-06-14T12:00:00Z", requestedPriority: critical, accountTeam: au },
      "au",
      "2026-06-14T14:00:00.000Z",
    ],
    [
      "critical on Thanksgiving is after hours",
      { at: "2026-11-26T17:00:00Z", requestedPriority: critical },
      "main",
      "2026-11-26T19:00:00.000Z",
    ],
  ])("%s", (_situation, given, team, dueAt) => {
    const facts = opened(given);
    expect({ team: only(facts, "CaseRouted").team, dueAt: toIso(only(facts, "ClockStarted").dueAt) }).toEqual({
      team,
      dueAt,
    });
  });

  test.each([
    ["on a Sunday", "2026-06-14T12:00:00Z", critical, 1],
    ["on Thanksgiving at noon in New York", "2026-11-26T17:00:00Z", critical, 1],
    ["between Sydney's closing and New York's opening", "2026-06-10T09:00:00Z", critical, 1],
    ["while a team is open", "2026-06-10T14:00:00Z", critical, 0],
    ["on a Sunday, not critical", "2026-06-14T12:00:00Z", high, 0],
  ])("that nobody is open is recorded once: %s", (_situation, at, requestedPriority, gaps) => {
    const facts = opened({ at, requestedPriority });
    expect(facts.filter((fact) => fact.type === "CoverageGapFound")).toHaveLength(gaps);
  });
});

describe("a reply and its warnings", () => {
  test.each([
    ["critical", [50, 75]],
    ["high", [75]],
    ["medium", [75]],
    ["low", [50]],
  ])("%s warns at %j percent", (requestedPriority, percents) => {
    const started = only(opened({ at: "2026-06-10T14:00:00Z", requestedPriority }), "ClockStarted");
    expect(started.segment.warnAtPercents).toEqual(percents);
  });
});

describe("the teams' openings", () => {
  test("a business day is one whole opening: 12 hours of main, 8 of au", () => {
    const facts = ["main", "au"].map((accountTeam) => opened({ at: "2026-06-10T14:00:00Z", accountTeam }));
    expect(facts.map((list) => only(list, "ClockStarted").segment.openMs / 3_600_000)).toEqual([12, 8]);
  });

  test("the opened case is new, at tier 1, and nobody's", () => {
    const current = applyAppend(undefined, opened({ at: "2026-06-10T14:00:00Z" }), "case_100000001");
    expect({ status: current.status, tier: current.tier, assigneeId: current.assigneeId }).toEqual({
      status: "new",
      tier: 1,
      assigneeId: undefined,
    });
  });

  test("both are open for an hour of a June day", () => {
    const open = (id: string) => isOpen(rulebook.calendar(id).hours, instantOf("2026-06-09T23:30:00Z"));
    expect([open("main-hours"), open("au-hours")]).toEqual([true, true]);
  });

  test("depending on the season nobody is open for 5, 6 or 7 hours of a weekday, and for 45 to 47 of a weekend", () => {
    const usual = fixedRulebook(
      shippedRules.policy,
      shippedRules.calendars.map((calendar) => ({ ...calendar, holidays: [] })),
    );
    const teams = ["main-hours", "au-hours"].map((id) => usual.calendar(id).hours);
    const gaps: number[] = [];
    // From a Wednesday at which main is open: both change their clocks on full hours, and open and close on them.
    let closedFor = 0;
    for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
      const at = plus(instantOf("2026-01-07T15:00:00Z"), hour * HOUR_MS);
      if (!teams.some((hours) => isOpen(hours, at))) closedFor += 1;
      else if (closedFor > 0) {
        gaps.push(closedFor);
        closedFor = 0;
      }
    }
    const lengths = (isOf: (gap: number) => boolean) => [...new Set(gaps.filter(isOf))].toSorted((a, b) => a - b);
    expect(lengths((gap) => gap < 24)).toEqual([5, 6, 7]);
    expect(lengths((gap) => gap >= 24)).toEqual([45, 46, 47]);
    expect(gaps.filter((gap) => gap >= 24)).toHaveLength(2 * 52);
  });
});
