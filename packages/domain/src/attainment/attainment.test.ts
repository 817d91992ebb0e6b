import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reply, resolve } from "../case/answer.ts";
import { handOver } from "../case/assign.ts";
import type { Case } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import type { Decision } from "../case/decision.ts";
import type { Fact } from "../case/facts.ts";
import { setMarks } from "../case/mark.ts";
import { receiveMessage } from "../case/receive-message.ts";
import { wake } from "../case/wake.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, CASE_ID, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { waive } from "../sla/waive.ts";
import { HOUR_MS, type Instant, instantOf, plus } from "../time/instant.ts";
import { previewCase } from "../what-if/preview-case.ts";
import { countAttainment, percentMet } from "./attainment-report.ts";
import { type CountedCycle, type CountedOutcome, countedCycles } from "./counted-cycles.ts";
import { monthIn } from "./month-in.ts";

const rules = everyMetricRulebook();
type Step = (current: Case, at: Instant) => Decision;

/** What is recorded of a case on which steps are tried, each so many hours after the one before; one that is refused is none. */
function recorded(steps: readonly (readonly [hours: number, step: Step])[]) {
  const { facts, case: opened } = openedCase({}, rules);
  const appends: (readonly Fact[])[] = [facts];
  let [current, now] = [opened, WEDNESDAY_10_NY];
  for (const [hours, step] of steps) {
    now = plus(now, hours * HOUR_MS);
    const decision = step(current, now);
    if (!Array.isArray(decision) || decision.length === 0) continue;
    appends.push(decision);
    current = stateAfter(current, decision);
  }
  return { appends, now };
}

const answer: Step = (current, at) => reply(current, `msg_a${at}`, rules, at, BY);
const look: Step = (current, at) => wake(current, rules, at, BY);
const customerWrites: Step = (current, at) => {
  const joining = {
    messageId: `msg_c${at}`,
    channel: "portal",
    personId: "person_jo",
    receivedAt: at,
    automatic: false,
  };
  return receiveMessage(current, joining, rules, at, BY);
};
const excuse: Step = (current, at) => waive(current, { metric: "first-response", reasonId: "msg_why" }, at, BY);
const mark =
  (...marks: Case["marks"]): Step =>
  (current, at) =>
    setMarks(current, marks, rules, at, BY);

function outcomeOfFirst(...steps: (readonly [number, Step])[]): CountedOutcome | undefined {
  const counted = countedCycles(recorded(steps).appends, CASE_ID);
  return counted.find(({ metric }) => metric === "first-response")?.outcome;
}

describe("the first response of a case, for attainment,", () => {
  test.each<[string, (readonly [number, Step])[], CountedOutcome | undefined]>([
    ["is not counted while nobody has answered in time", [], undefined],
    ["is met by an answer in time", [[1, answer]], "met"],
    ["is breached from when that is recorded", [[200, look]], "breached"],
    ["stays breached when it is answered late", [[200, answer]], "breached"],
    [
      "is waived when the breach is excused before an answer",
      [
        [200, look],
        [1, excuse],
        [1, answer],
      ],
      "waived",
    ],
    [
      "is waived when the breach is excused after an answer",
      [
        [200, answer],
        [1, excuse],
      ],
      "waived",
    ],
    [
      "is not counted when the case is resolved silently",
      [[1, (c, at) => resolve(c, undefined, rules, at, BY)]],
      undefined,
    ],
    [
      "is not counted on spam",
      [
        [200, look],
        [1, mark("spam")],
      ],
      undefined,
    ],
    [
      "is not counted on a test",
      [
        [1, answer],
        [1, mark("test")],
      ],
      undefined,
    ],
    [
      "is counted again when it was not spam",
      [
        [200, look],
        [1, mark("spam")],
        [1, mark()],
      ],
      "breached",
    ],
    [
      "stays breached when it turns out a false alarm",
      [
        [200, look],
        [1, mark("false-alarm")],
      ],
      "breached",
    ],
  ])("%s", (_consequence, steps, outcome) => {
    expect(outcomeOfFirst(...steps)).toBe(outcome);
  });

  test("counts for the team and the priority that the case had then, whatever came later", () => {
    const { appends } = recorded([
      [1, answer],
      [1, (current, at) => changePriority(current, { to: "low" }, rules, at, BY)],
      [1, (current, at) => handOver(current, { team: "au" }, rules, at, BY)],
    ]);
    const [first] = countedCycles(appends, CASE_ID);
    expect(first).toMatchObject({ metric: "first-response", team: "main", priority: "medium" });
    expect(first?.at).toBe(plus(WEDNESDAY_10_NY, HOUR_MS));
  });

  test("a breach is of the instant at which it was due, not of that at which it was noticed", () => {
    const { appends, now } = recorded([[500, look]]);
    const breach = appends.flat().find((fact) => fact.type === "ClockBreached");
    const [first] = countedCycles(appends, CASE_ID);
    expect(first?.at).toBe(breach?.dueAt);
    expect(first?.at).toBeLessThan(now);
  });
});

describe("whatever happens to a case", () => {
  const step = fc.constantFrom<Step>(
    answer,
    look,
    excuse,
    (current, at) => waive(current, { metric: "resolution", reasonId: "msg_why" }, at, BY),
    (current, at) => resolve(current, undefined, rules, at, BY),
    (current, at) => changePriority(current, { to: "high" }, rules, at, BY),
    (current, at) => changePriority(current, { to: "low" }, rules, at, BY),
    customerWrites,
  );
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), step), { maxLength: 12 });

  test("what is counted from its facts is what a replay of it under the same rules comes to", () => {
    let seen = 0;
    fc.assert(
      fc.property(steps, (taken) => {
        const { appends, now } = recorded([...taken, [1, look]]);
        const counted = countedCycles(appends, CASE_ID).map(({ metric, outcome }) => `${metric} ${outcome}`);
        const preview = previewCase(
          { caseId: CASE_ID, appends },
          { before: rules, after: rules, now, classifyAnew: false },
        );
        const replayed = (preview?.cycles ?? []).flatMap(({ metric, before }) =>
          before === undefined || before.outcome === "running" || before.outcome === "cancelled"
            ? []
            : [`${metric} ${before.outcome}`],
        );
        seen += counted.length;
        expect(counted.toSorted()).toEqual(replayed.toSorted());
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(300);
  });
});

const cycle = fc.record<CountedCycle>({
  metric: fc.constantFrom("first-response", "resolution"),
  cycle: fc.integer({ min: 1, max: 9 }),
  outcome: fc.constantFrom("met", "breached", "waived"),
  at: fc.constantFrom(...["2026-01-31T23:30Z", "2026-02-01T00:30Z", "2026-04-01T00:00Z"].map(instantOf)),
  priority: fc.constantFrom("high", "low", undefined),
  team: fc.constantFrom("main", "au"),
  package: fc.constantFrom("gold", undefined),
});

describe("a report", () => {
  const asked = { from: "2026-01", to: "2026-03", by: ["team", "month", "package"] as const };
  const reportOf = (cases: readonly CountedCycle[][], zone = "UTC") => {
    const counting = countAttainment(asked, monthIn(zone));
    for (const one of cases) counting.add(one);
    return counting.report();
  };

  test("is the same in whatever order cases come, and its rows add up to its total", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cycle, { maxLength: 5 }), { maxLength: 8 }), (cases) => {
        const report = reportOf(cases);
        expect(reportOf(cases.toReversed())).toEqual(report);
        const inRange = cases.flat().filter(({ at }) => at < instantOf("2026-04-01T00:00Z"));
        for (const outcome of ["met", "breached", "waived"] as const) {
          const counted = inRange.filter((one) => one.outcome === outcome).length;
          expect(report.rows.reduce((sum, row) => sum + row[outcome], 0)).toBe(counted);
          expect(report.total[outcome]).toBe(counted);
        }
      }),
    );
  });

  test.each([
    ["UTC", "2026-01"],
    ["Australia/Sydney", "2026-02"],
  ])("counts a cycle in the month on the wall of %s", (zone, month) => {
    const one = {
      metric: "update",
      cycle: 1,
      outcome: "met",
      priority: "low",
      team: "main",
      package: undefined,
    } as const;
    const { rows, cases } = reportOf([[{ ...one, at: instantOf("2026-01-31T23:30Z") }]], zone);
    expect(cases).toBe(1);
    expect(rows).toEqual([{ of: ["main", month, "(none)"], met: 1, breached: 0, waived: 0, percentMet: 100 }]);
  });

  test.each([
    [{ met: 0, breached: 0 }, undefined],
    [{ met: 1, breached: 0 }, 100],
    [{ met: 2, breached: 1 }, 66.6],
    [{ met: 9_999, breached: 1 }, 99.9],
    [{ met: 0, breached: 3 }, 0],
  ])("of %j says that %s percent were met", (count, expected) => {
    expect(percentMet(count)).toBe(expected);
  });
});
