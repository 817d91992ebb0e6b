import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BY, CASE_ID, opening, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import type { ClassificationRule, RoutingRule } from "../policy/policy.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import { applyAppend } from "./evolve.ts";
import type { Fact, FactOf } from "./facts.ts";
import { type Opening, openCase } from "./open-case.ts";

const PRIORITIES: readonly string[] = ["critical", "high", "medium", "low"];
const CHANNELS: readonly string[] = ["portal", "email", "chat"];
const TEAMS: readonly string[] = ["main", "au"];
/** A subject by what it says, as support-policy.md reads it. */
const SUBJECTS = {
  "Server is Critical": "critical",
  "Re: FWD: critical": "critical",
  "A non-critical question": "not-critical",
  "Not critical, but odd": "not-critical",
  "Hypercritical readers": undefined,
  "Exports stop": undefined,
} as const;

function some<Value>(...values: readonly Value[]): fc.Arbitrary<Value[]> {
  return fc.subarray([...values], { minLength: 1 });
}

const classification: fc.Arbitrary<ClassificationRule[]> = fc
  .array(
    fc.record({
      when: fc.record(
        {
          channel: some(...CHANNELS),
          requestedPriority: some(...PRIORITIES),
          subjectWord: fc.constantFrom("critical" as const, "not-critical" as const),
        },
        { requiredKeys: [] },
      ),
      priority: fc.constantFrom(...PRIORITIES, "as-requested"),
    }),
    { maxLength: 4 },
  )
  .map((rules) =>
    [...rules, { when: {}, priority: "as-requested" }].map((rule, at) => ({ id: `rule-${at}`, ...rule })),
  );

const routing: fc.Arbitrary<RoutingRule[]> = fc
  .array(
    fc.record({
      when: fc.record(
        {
          priority: some(...PRIORITIES),
          accountTeam: some(...TEAMS),
          channel: some(...CHANNELS),
        },
        { requiredKeys: [] },
      ),
      team: fc.constantFrom(...TEAMS, "account-team", "open-team"),
    }),
    { maxLength: 4 },
  )
  .map((rules) => [...rules, { when: {}, team: "account-team" }].map((rule, at) => ({ id: `way-${at}`, ...rule })));

const asked = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  /** The last is none that the policy has. */
  requestedPriority: fc.constantFrom(...PRIORITIES, "yesterday"),
  subject: fc.constantFrom(...(Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[])),
  accountTeam: fc.constantFrom<string | undefined>(...TEAMS, undefined),
  receivedAt: fc.integer({ min: 0, max: 8 * 24 * 60 }).map((minutes) => plus(WEDNESDAY_10_NY, minutes * MINUTE_MS)),
});

function triaged(change: Partial<Opening>, rules: { classification?: ClassificationRule[]; routing?: RoutingRule[] }) {
  const message = opening(change);
  const facts = openCase(message, exampleRulebook(rules), message.receivedAt, BY);
  const factOf = <Type extends Fact["type"]>(type: Type) =>
    facts.filter((fact): fact is FactOf<Type> => fact.type === type);
  return { facts, factOf, case: applyAppend(undefined, facts, CASE_ID) };
}

/** Whether a team of the example's desk is open, read off a wall clock and not by the domain's calendar. */
function isOpen(team: string, at: Instant): boolean {
  const [zone, opens, closes] = team === "main" ? ["America/New_York", 8, 20] : ["Australia/Sydney", 9, 17];
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: String(zone),
    weekday: "short",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const isHoliday = team === "main" && part("month") === "11" && part("day") === "26";
  const hour = Number(part("hour"));
  return !isHoliday && !part("weekday").startsWith("S") && hour >= Number(opens) && hour < Number(closes);
}

describe("whatever is asked for, by whatever rules", () => {
  test("the first rule that matches gives the priority, and what was asked for is kept beside it", () => {
    fc.assert(
      fc.property(asked, classification, (message, rules) => {
        const { factOf, case: opened } = triaged(message, { classification: rules });
        const requested = message.requestedPriority === "yesterday" ? "medium" : message.requestedPriority;
        const rule = rules.find(
          ({ when }) =>
            (when.channel ?? CHANNELS).includes(message.channel) &&
            (when.requestedPriority ?? PRIORITIES).includes(requested) &&
            (when.subjectWord ?? SUBJECTS[message.subject]) === SUBJECTS[message.subject],
        );
        const priority = rule?.priority === "as-requested" ? requested : rule?.priority;
        expect(factOf("PriorityClassified")).toMatchObject([
          { requested, priority, ruleId: rule?.id, policyVersion: 1 },
        ]);
        expect(opened).toMatchObject({ priority, requestedPriority: message.requestedPriority });
      }),
    );
  });

  test("the first rule that matches gives the team; one that asks for an open team gets one, or says that none was", () => {
    let gaps = 0;
    fc.assert(
      fc.property(asked, routing, (message, rules) => {
        const { factOf, case: opened } = triaged(message, { routing: rules });
        const own = message.accountTeam ?? "main";
        const rule = rules.find(
          ({ when }) =>
            (when.priority ?? PRIORITIES).includes(opened.priority ?? "") &&
            (when.accountTeam ?? TEAMS).includes(own) &&
            (when.channel ?? CHANNELS).includes(message.channel),
        );
        const open = [own, ...TEAMS].filter((team) => isOpen(team, message.receivedAt));
        const teams = new Map([
          ["account-team", own],
          ["open-team", open[0] ?? own],
        ]);
        const team = teams.get(rule?.team ?? "") ?? rule?.team;
        expect(factOf("CaseRouted")).toMatchObject([{ team, ruleId: rule?.id, policyVersion: 1 }]);

        const isGap = rule?.team === "open-team" && open.length === 0 && opened.priority === "critical";
        gaps += isGap ? 1 : 0;
        expect(factOf("CoverageGapFound").map((gap) => gap.team)).toEqual(isGap ? [team] : []);
      }),
      { numRuns: 500 },
    );
    expect(gaps).toBeGreaterThan(0);
  });

  test("there is one clock, begun when the message came, and due after it: a critical one two hours after, to the millisecond", () => {
    fc.assert(
      fc.property(asked, (message) => {
        const { factOf, case: opened } = triaged(message, {});
        const [clock, ...more] = factOf("ClockStarted");
        expect(more).toEqual([]);
        expect(clock).toMatchObject({ metric: "first-response", startedAt: message.receivedAt });
        const lasts = (clock?.dueAt ?? 0) - message.receivedAt;
        if (opened.priority === "critical") expect(lasts).toBe(2 * HOUR_MS);
        else expect(lasts).toBeGreaterThanOrEqual(4 * HOUR_MS);
      }),
    );
  });

  test("a policy without a rule for it loses nothing: the case opens with its message, and its triage is owed", () => {
    fc.assert(
      fc.property(asked, fc.constantFrom("classification", "routing"), (message, hole) => {
        const { facts, case: opened } = triaged(message, { [hole]: [] });
        expect(facts.map(({ type }) => type)).toEqual(["CaseOpened", "MessageReceived", "TriageDeferred"]);
        expect(opened).toMatchObject({ triageOwed: true, requestedPriority: message.requestedPriority });
      }),
    );
  });
});
