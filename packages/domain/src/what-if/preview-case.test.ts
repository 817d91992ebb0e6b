import { describe, expect, test } from "vitest";
import { reply, resolve } from "../case/answer.ts";
import { handOver } from "../case/assign.ts";
import type { Case, Mark } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import type { Decision } from "../case/decision.ts";
import type { Fact } from "../case/facts.ts";
import { setMarks } from "../case/mark.ts";
import { merge, unmerge } from "../case/merge.ts";
import { receiveMessage } from "../case/receive-message.ts";
import { wake } from "../case/wake.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, CASE_ID, factsOf, openedCase, opening, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { waive } from "../sla/waive.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, plus, toIso } from "../time/instant.ts";
import { explainExample } from "./explain-example.ts";
import { previewCase } from "./preview-case.ts";
import type { PreviewExample } from "./preview-summary.ts";
import { classifiesAnew, proposedRules } from "./proposed-rules.ts";
import { addCase, emptySummary, shownExamples } from "./summarize-previews.ts";

/** A merge that brings no message along. */
const NOTHING = { messageIds: [], waiting: [] };
const rules = everyMetricRulebook();
const hours = (count: number) => plus(WEDNESDAY_10_NY, count * HOUR_MS);

/** A case by what was decided on it, an append each. */
function recorded(...steps: ((current: Case, at: Instant) => Decision)[]) {
  const { facts, case: opened } = openedCase({}, rules);
  const appends: (readonly Fact[])[] = [facts];
  let current = opened;
  for (const [index, decide] of steps.entries()) {
    const decision = decide(current, hours(index + 1));
    appends.push(factsOf(decision));
    current = stateAfter(current, decision);
  }
  return { caseId: CASE_ID, appends };
}

function compared(after: Rulebook, now: Instant = hours(400)) {
  return { before: rules, after, now, classifyAnew: classifiesAnew(rules, after) };
}

/** The desk with a promise of so many minutes for medium cases. */
function medium(minutes: number): Rulebook {
  const targets = rules.policy.targets.map((rule) => (rule.id === "medium" ? { ...rule, length: { minutes } } : rule));
  return proposedRules(rules, { policy: { ...rules.policy, targets } });
}

function outcomes(found: ReturnType<typeof previewCase>, metric = "first-response") {
  return (found?.cycles ?? [])
    .filter((cycle) => cycle.metric === metric)
    .map(({ before, after, changed }) => [before?.outcome, after?.outcome, changed]);
}

const answer = (current: Case, at: Instant) => reply(current, "msg_2", rules, at, BY);

describe("a case that was answered after an hour", () => {
  test.each([
    ["a target of half an hour would have been missed", 30, ["met", "breached", true]],
    ["a target of an hour would have been met at its due", 60, ["met", "met", true]],
    ["the same target changes nothing", 12 * 60, ["met", "met", false]],
  ])("%s", (_what, minutes, expected) => {
    expect(outcomes(previewCase(recorded(answer), compared(medium(minutes))))).toEqual([expected]);
  });

  test("what came after the instant that is asked for is left out", () => {
    const found = previewCase(recorded(answer), compared(medium(600), plus(hours(1), -1)));
    expect(outcomes(found)).toEqual([["running", "running", true]]);
    expect(previewCase(recorded(answer), compared(medium(600), plus(hours(0), -1)))).toBeUndefined();
  });
});

describe("a promise that only one side makes", () => {
  test("is told as gained or lost", () => {
    const targets = rules.policy.targets.filter(({ id }) => id !== "resolution");
    const without = proposedRules(rules, { policy: { ...rules.policy, targets } });
    const found = previewCase(recorded(answer), compared(without));
    expect(outcomes(found, "resolution")).toEqual([["breached", undefined, true]]);
    const summary = emptySummary();
    if (found !== undefined) addCase(summary, found);
    expect(summary.byMetric.resolution).toMatchObject({ promisesLost: 1, breachesLost: 1, promisesGained: 0 });
  });
});

describe("what people did", () => {
  test("a breach that was excused stays excused", () => {
    const late = recorded(
      (current) => wake(current, rules, hours(60), BY),
      (current) => waive(current, { metric: "first-response", reasonId: "msg_why" }, hours(61), BY),
    );
    expect(outcomes(previewCase(late, compared(medium(60))))).toEqual([["waived", "waived", true]]);
  });

  test("a priority that an agent gave is kept, with the proposal's target from then on", () => {
    const raised = recorded((current, at) => changePriority(current, { to: "high" }, rules, at, BY));
    const targets = rules.policy.targets.map((rule) =>
      rule.id === "high" ? { ...rule, length: { minutes: 30 } } : rule,
    );
    const found = previewCase(raised, compared(proposedRules(rules, { policy: { ...rules.policy, targets } })));
    const [cycle] = found?.cycles ?? [];
    expect(cycle?.after).toMatchObject({ priority: "high", dueAt: plus(hours(1), 30 * MINUTE_MS) });
  });

  test("a hand-over to a team that the proposal does not have is left out, and counted", () => {
    const handed = recorded((current, at) => handOver(current, { team: "au" }, rules, at, BY));
    const teams = rules.policy.teams.filter(({ code }) => code === "main");
    const found = previewCase(handed, compared(proposedRules(rules, { policy: { ...rules.policy, teams } })));
    expect(found?.leftOut).toBe(1);
    expect(found?.cycles.map(({ before, after }) => [before?.team, after?.team])).toContainEqual(["au", "main"]);
  });

  test("an account whose team the proposal does not have goes to the default team", () => {
    const { facts } = openedCase({ accountTeam: "au" }, rules);
    const teams = rules.policy.teams.filter(({ code }) => code === "main");
    const after = proposedRules(rules, { policy: { ...rules.policy, teams } });
    const found = previewCase({ caseId: CASE_ID, appends: [facts] }, compared(after));
    expect(found?.cycles[0]).toMatchObject({ before: { team: "au" }, after: { team: "main" } });
  });

  test.each([
    ["resolved without words", (current: Case, at: Instant) => resolve(current, undefined, rules, at, BY)],
    ["called spam", (current: Case, at: Instant) => setMarks(current, ["spam"], rules, at, BY)],
    [
      "merged away",
      (current: Case, at: Instant) => {
        const both = merge(openedCase({}, rules).case, { ...current, id: "case_200000008" }, NOTHING, rules, at, BY);
        return "second" in both ? both.second : both;
      },
    ],
  ])("a case that was %s owes no answer under any rules", (_what, ended) => {
    expect(outcomes(previewCase(recorded(ended), compared(medium(120))))).toEqual([["cancelled", "cancelled", true]]);
    expect(outcomes(previewCase(recorded(ended), compared(medium(30))))).toEqual([["cancelled", "breached", true]]);
  });

  test("a mark that was a mistake leaves out the time that it lasted", () => {
    const marked = (marks: readonly Mark[]) => (current: Case, at: Instant) => setMarks(current, marks, rules, at, BY);
    const found = previewCase(recorded(marked(["spam"]), marked([]), answer), compared(medium(120)));
    expect(outcomes(found)).toEqual([["met", "met", true]]);
    expect(found?.cycles[0]?.after?.dueAt).toBe(hours(3));
  });

  test("a merge that was a mistake leaves it out too", () => {
    const other = openedCase({}, rules).case;
    const away = (current: Case, at: Instant) => {
      const both = merge({ ...other, id: "case_200000008" }, current, NOTHING, rules, at, BY);
      return "second" in both ? both.second : both;
    };
    const back = (current: Case, at: Instant) => {
      const merged = { messageIds: [], participants: [] };
      const both = unmerge(
        { ...other, id: "case_200000008" },
        current,
        merged,
        { here: [], waitingSince: undefined },
        rules,
        at,
        BY,
      );
      return "second" in both ? both.second : both;
    };
    const found = previewCase(recorded(away, back, answer), compared(medium(120)));
    expect(found?.cycles[0]).toMatchObject({ after: { dueAt: hours(3), outcome: "met" } });
  });

  test("a question that came with a merged case waits since it was asked", () => {
    const survivorAsks = (current: Case, at: Instant) => {
      const { case: other } = openedCase({ receivedAt: hours(2) }, rules);
      const both = merge(current, { ...other, id: "case_200000008" }, NOTHING, rules, at, BY);
      return "first" in both ? both.first : both;
    };
    const found = previewCase(recorded(answer, survivorAsks), compared(medium(60)));
    expect(outcomes(found, "next-response")).toEqual(
      [["running", "breached", true]].map(([, b, c]) => ["breached", b, c]),
    );
  });
});

describe("a case that was opened again", () => {
  test("has a cycle more on both sides, and its resolution goes on", () => {
    const again = (current: Case, at: Instant) =>
      receiveMessage(
        current,
        { messageId: "msg_3", channel: "portal", personId: "person_jo", receivedAt: at, automatic: false },
        rules,
        at,
        BY,
      );
    const found = previewCase(
      recorded((current, at) => resolve(current, { messageId: "msg_2" }, rules, at, BY), again),
      compared(medium(45), hours(2.5)),
    );
    expect(outcomes(found)).toEqual([["met", "breached", true]]);
    expect(outcomes(found, "next-response")).toEqual([["running", "running", true]]);
    expect(outcomes(found, "resolution")).toEqual([["running", "running", false]]);
  });
});

describe("a proposal that asks for priorities otherwise", () => {
  const classification = rules.policy.classification.map((rule) => ({ ...rule, priority: "low" as const }));
  const after = proposedRules(rules, { policy: { ...rules.policy, classification } });

  test("decides them anew, with the subject where it is known", () => {
    const { facts } = openedCase(opening({ channel: "email", subject: "Critical: all is down" }), rules);
    const found = previewCase(
      { caseId: CASE_ID, appends: [facts], subject: "Critical: all is down" },
      compared(after, hours(1)),
    );
    expect(found?.cycles[0]).toMatchObject({ before: { priority: "critical" }, after: { priority: "low" } });
  });
});

describe("a critical case when its team has one day off more", () => {
  test("is covered by the team that is open, and its clock runs on day and night", () => {
    const { calendar } = rules.calendar("main-hours");
    const dayOff = { on: "2026-11-25" as const, name: "Day off", source: { kind: "hand" as const } };
    const after = proposedRules(rules, {
      calendars: [{ ...calendar, version: 2, holidays: [dayOff, ...calendar.holidays] }],
    });
    const { facts } = openedCase(
      { requestedPriority: "critical", receivedAt: plus(WEDNESDAY_10_NY, 8 * HOUR_MS) },
      rules,
    );
    const found = previewCase({ caseId: CASE_ID, appends: [facts] }, compared(after, plus(WEDNESDAY_10_NY, DAY_MS)));
    const response = found?.cycles.find(({ metric }) => metric === "first-response");
    expect(response).toMatchObject({ changed: false, before: { outcome: "breached" }, after: { team: "au" } });
  });
});

describe("examples", () => {
  test("are ten, one of each kind in turn, and explain both sides", () => {
    const summary = emptySummary();
    const [early, late] = [medium(30), medium(24 * 60)];
    for (let number = 0; number < 30; number += 1) {
      const found = previewCase(
        { ...recorded(answer), caseId: `case_${number}` },
        compared(number % 3 === 0 ? late : number % 3 === 1 ? early : medium(100)),
      );
      if (found !== undefined) addCase(summary, found);
    }
    const shown = shownExamples(summary);
    const of = (kind: PreviewExample["kind"]) => shown.filter((example) => example.kind === kind).length;
    expect(shown).toHaveLength(10);
    expect([of("breach-gained"), of("due-earlier"), of("due-later")]).toEqual([4, 3, 3]);

    const { before, after } = explainExample(recorded(answer), shown[0]?.key ?? "", compared(early));
    expect(before[0]).toContain("is due Fri 2026-11-27 10:00");
    expect(after[0]).toContain("is due Wed 2026-11-25 10:30");
    expect(explainExample(recorded(answer), "update 1 1", compared(early))).toEqual({ before: [], after: [] });
    expect(toIso(hours(0))).toBe("2026-11-25T15:00:00.000Z");
  });
});
