import { describe, expect, test } from "vitest";
import { reply } from "../case/answer.ts";
import { handOver } from "../case/assign.ts";
import type { Case } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { changeStatus } from "../case/change-status.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { AU_HOURS, MAIN_HOURS } from "../fixtures/example-rulebook.ts";
import type { Metric } from "../policy/policy.ts";
import { HOUR_MS, type Instant, plus } from "../time/instant.ts";
import { explainClock } from "./explain-clock.ts";

/** Wednesday 10:00 in New York is hour 0; main closes at hour 10, and Thursday is Thanksgiving. */
const rulebook = everyMetricRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const high = openedCase({ requestedPriority: "high" }, rulebook).case;

function explained(current: Case, metric: Metric, now: Instant, rules = rulebook) {
  const cycle = current.clocks.find((one) => one.metric === metric);
  if (cycle === undefined) throw new Error(`no ${metric}`);
  return explainClock(current, cycle, rules, now);
}
const status = (current: Case, to: "open" | "waiting-on-fix", at: Instant) =>
  stateAfter(current, changeStatus(current, { to }, rulebook, at, BY));

describe("a clock that stood is explained", () => {
  const waiting = status(high, "waiting-on-fix", hours(2));
  const going = status(waiting, "open", hours(5));

  test("the pause is a span of its own between what was counted before and after", () => {
    const { spans, stretches, dueAt, pausedWithMsLeft, openMs } = explained(going, "resolution", hours(6));
    expect(spans.slice(0, 3)).toMatchObject([
      { kind: "counted", from: hours(0), until: hours(2), lengthMs: 2 * HOUR_MS },
      { kind: "paused", from: hours(2), until: hours(5), lengthMs: 3 * HOUR_MS, on: "2026-11-25" },
      { kind: "counted", from: hours(5), until: hours(10), lengthMs: 5 * HOUR_MS },
    ]);
    expect(stretches).toMatchObject([
      { from: hours(0), until: hours(2) },
      { from: hours(2), until: dueAt },
    ]);
    expect(openMs).toBe(8 * HOUR_MS);
    expect(pausedWithMsLeft).toBeUndefined();
  });

  test("while it stands what is left is told, and the due is as if it went on now", () => {
    const { pausedWithMsLeft, dueAt } = explained(waiting, "resolution", hours(3));
    expect(pausedWithMsLeft).toBe(6 * HOUR_MS);
    expect(dueAt).toBe(hours(9));
    expect(explained(waiting, "first-response", hours(3)).pausedWithMsLeft).toBeUndefined();
  });

  test("a pause after the due is no part of the explanation", () => {
    const late = status(status(high, "waiting-on-fix", hours(4.5)), "open", hours(5));
    const { spans, stretches } = explained(late, "first-response", hours(6));
    expect(spans).toMatchObject([{ kind: "counted", from: hours(0), until: hours(4) }]);
    expect(stretches).toHaveLength(1);
  });
});

describe("a cycle that ended", () => {
  const answered = stateAfter(high, reply(high, "msg_a", rulebook, hours(3), BY));
  const shut = { ...MAIN_HOURS, version: 2, week: { "5": MAIN_HOURS.week["5"] ?? [] } };
  const shorter = {
    ...rulebook.policy,
    version: 2,
    targets: rulebook.policy.targets.map((rule) => ({ ...rule, length: { minutes: 60 } })),
  };

  test("is untouched by a calendar or a policy that came into force after it", () => {
    const calendars = everyMetricRulebook({ calendars: [{ calendar: shut, from: hours(3.5) }] });
    const moves = everyMetricRulebook({ moves: [{ policy: shorter, from: hours(3.5) }] });
    for (const rules of [calendars, moves]) {
      const { dueAt, openMs, segments } = explained(answered, "first-response", hours(8), rules);
      expect(dueAt).toBe(hours(4));
      expect(openMs).toBe(4 * HOUR_MS);
      expect(segments).toHaveLength(1);
    }
  });

  test("is explained by what came into force before it, up to its very end", () => {
    const long = { ...MAIN_HOURS, version: 2 };
    const before = everyMetricRulebook({ calendars: [{ calendar: long, from: hours(3) }] });
    expect(explained(answered, "first-response", hours(8), before).segments).toMatchObject([
      { combine: "replace", from: hours(0) },
      { combine: "carry", from: hours(3), calendar: { version: 2 } },
    ]);
  });

  test("its other priorities are as of then, not of now", () => {
    const { counterfactuals } = explained(answered, "first-response", hours(200));
    expect(counterfactuals).toMatchObject([
      { priority: "critical", ruleId: "critical", dueAt: hours(2) },
      { priority: "medium", ruleId: "medium" },
      { priority: "low", ruleId: "low" },
    ]);
  });
});

describe("each segment is told with the due that it gives", () => {
  const lowered = stateAfter(high, changePriority(high, { to: "medium" }, rulebook, hours(1), BY));
  const away = stateAfter(lowered, handOver(lowered, { team: "au" }, rulebook, hours(2), BY));

  test("in the order in which they came", () => {
    const { segments } = explained(away, "first-response", hours(3));
    expect(segments.map(({ from, combine, team }) => [from, combine, team])).toEqual([
      [hours(0), "replace", "main"],
      [hours(1), "later", "main"],
      [hours(2), "carry", "au"],
      [hours(2), "carry", "au"],
    ]);
    expect(segments[0]?.dueAt).toBe(hours(4));
  });

  test("those before the rule that decided are named with what did not hold", () => {
    expect(explained(away, "first-response", hours(3)).passedOver).toEqual([
      { id: "critical", because: "priority" },
      { id: "high", because: "priority" },
    ]);
    expect(explained(away, "resolution", hours(3)).passedOver).toContainEqual({ id: "update", because: "metric" });
  });

  test("of a policy that moved what was unfinished the rules are at hand, of one gone they are not", () => {
    const second = { ...rulebook.policy, version: 2 };
    const moved = everyMetricRulebook({ moves: [{ policy: second, from: hours(1) }] });
    expect(explained(high, "first-response", hours(3), moved).passedOver).toHaveLength(1);
    const other = everyMetricRulebook({}, { version: 3 });
    expect(explained(high, "first-response", hours(3), other).passedOver).toBeUndefined();
  });
});

describe("had it another priority", () => {
  test("the same hand-over would have moved it to the same hours", () => {
    const away = stateAfter(high, handOver(high, { team: "au" }, rulebook, hours(1), BY));
    const medium = openedCase({ requestedPriority: "medium" }, rulebook).case;
    const there = stateAfter(medium, handOver(medium, { team: "au" }, rulebook, hours(1), BY));
    const { dueAt } = explained(there, "first-response", hours(1));
    expect(explained(away, "first-response", hours(1)).counterfactuals).toContainEqual({
      priority: "medium",
      ruleId: "medium",
      dueAt,
    });
    // What another priority did to it meanwhile is left out.
    const raised = stateAfter(medium, changePriority(medium, { to: "high" }, rulebook, hours(2), BY));
    const told = explained(raised, "first-response", hours(2)).counterfactuals;
    expect(told.find(({ priority }) => priority === "low")?.dueAt).toBeGreaterThan(hours(24));
    expect(told.find(({ priority }) => priority === "high")?.dueAt).toBe(hours(4));
  });

  test("it is measured on the version of the calendar that it had, and what always runs on none", () => {
    const early = { ...MAIN_HOURS, version: 2, holidays: [] };
    const edited = everyMetricRulebook({ calendars: [{ calendar: MAIN_HOURS, from: hours(-1) }] }, {}, [
      early,
      AU_HOURS,
    ]);
    const told = explained(high, "first-response", hours(1), edited).counterfactuals;
    // On version 1, which has the holiday, although version 2 is in force by now.
    expect(told.find(({ priority }) => priority === "medium")?.dueAt).toBe(hours(48));
    expect(told.find(({ priority }) => priority === "critical")?.dueAt).toBe(hours(2));
    const critical = openedCase({ requestedPriority: "critical" }, rulebook).case;
    const measured = explained(critical, "first-response", hours(1)).counterfactuals;
    expect(measured.find(({ priority }) => priority === "high")?.dueAt).toBe(hours(4));
  });

  test("a priority without a promise is not named", () => {
    const targets = rulebook.policy.targets.filter(({ id }) => id !== "low");
    const told = explained(high, "first-response", hours(1), everyMetricRulebook({}, { targets })).counterfactuals;
    expect(told.map(({ priority }) => priority)).toEqual(["critical", "medium"]);
  });
});
