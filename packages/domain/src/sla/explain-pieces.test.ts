import { describe, expect, test } from "vitest";
import { reply, resolve } from "../case/answer.ts";
import { handOver } from "../case/assign.ts";
import type { Case } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { changeStatus } from "../case/change-status.ts";
import { setMarks } from "../case/mark.ts";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { AU_HOURS, MAIN_HOURS } from "../fixtures/example-rulebook.ts";
import type { Metric } from "../policy/policy.ts";
import { HOUR_MS, type Instant, instantOf, plus } from "../time/instant.ts";
import { dueOf } from "./due.ts";
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

  test("of what was in force before its end and what came after, only the first counts", () => {
    const same = { ...MAIN_HOURS, version: 2 };
    const edits = [
      { calendar: same, from: hours(3) },
      { calendar: { ...shut, version: 3 }, from: plus(hours(3), 1) },
    ];
    const { segments, openMs } = explained(
      answered,
      "first-response",
      hours(8),
      everyMetricRulebook({ calendars: edits }),
    );
    expect(openMs).toBe(4 * HOUR_MS);
    expect(segments).toMatchObject([{ from: hours(0) }, { from: hours(3), calendar: { version: 2 } }]);

    const moves = [
      { policy: { ...rulebook.policy, version: 2 }, from: hours(3) },
      { policy: { ...shorter, version: 3 }, from: plus(hours(3), 1) },
    ];
    const moved = explained(answered, "first-response", hours(8), everyMetricRulebook({ moves }));
    expect(moved.dueAt).toBe(hours(4));
    expect(moved.segments).toMatchObject([{ from: hours(0) }, { from: hours(3), policyVersion: 2 }]);
  });

  test("what was known then to come into force before its due is part of it", () => {
    const known = everyMetricRulebook({ calendars: [{ calendar: shut, from: hours(3.5) }] });
    const early = stateAfter(high, reply(high, "msg_a", known, hours(3), BY));
    const { dueAt, segments, spans } = explained(early, "first-response", hours(8), known);
    expect(dueAt).toBe(hours(46.5));
    expect(segments).toMatchObject([{ from: hours(0) }, { from: hours(3.5) }]);
    expect(spans.at(-1)?.until).toBe(dueAt);
  });

  test("as long as nobody knows how it will end, all that is known counts", () => {
    const rules = everyMetricRulebook({ calendars: [{ calendar: shut, from: hours(3.5) }] });
    expect(explained(high, "first-response", hours(2), rules).segments).toHaveLength(2);
  });

  test("cancelled while it stood, it is explained as if it had gone on at its end, without a hole", () => {
    const waiting = status(high, "waiting-on-fix", hours(2));
    const spam = stateAfter(waiting, setMarks(waiting, ["spam"], rulebook, hours(9), BY));
    const { dueAt, spans, openMs } = explained(spam, "resolution", hours(200));
    // Six of eight hours are left: one of Wednesday, five of Friday.
    expect(dueAt).toBe(instantOf("2026-11-27T18:00:00Z"));
    expect(spans.slice(0, 3)).toMatchObject([
      { kind: "counted", from: hours(0), until: hours(2) },
      { kind: "paused", from: hours(2), until: hours(9) },
      { kind: "counted", from: hours(9), until: hours(10) },
    ]);
    expect(openMs).toBe(8 * HOUR_MS);
    expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ until }) => until));
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

test("a clock that was cancelled after its hours were changed is explained by the hours of then", () => {
  const onFridays = { ...MAIN_HOURS, version: 2, week: { "5": MAIN_HOURS.week["5"] ?? [] } };
  const rules = everyMetricRulebook({ calendars: [{ calendar: onFridays, from: hours(0.5) }] });
  const silent = stateAfter(high, resolve(high, undefined, rules, hours(1), BY));
  const { dueAt, openMs, spans } = explained(silent, "first-response", hours(60), rules);
  const friday = hours(46);
  expect([dueAt, openMs]).toEqual([plus(friday, 3.5 * HOUR_MS), 4 * HOUR_MS]);
  expect(spans.at(-1)).toMatchObject({ kind: "counted", from: friday, lengthMs: 3.5 * HOUR_MS });
});

describe("a due at the very instant", () => {
  test("at which other hours begin is explained without them", () => {
    const rules = everyMetricRulebook({ calendars: [{ calendar: { ...MAIN_HOURS, version: 2 }, from: hours(4) }] });
    const { dueAt, stretches } = explained(high, "first-response", hours(1), rules);
    expect(dueAt).toBe(hours(4));
    expect(stretches).toMatchObject([{ from: hours(0), until: hours(4), segment: { calendar: { version: 1 } } }]);
    const [cycle] = high.clocks;
    const after = everyMetricRulebook({ calendars: [{ calendar: { ...MAIN_HOURS, version: 2 }, from: hours(5) }] });
    expect(cycle && dueOf(after, high, cycle).governing.calendar?.version).toBe(1);
    // While it stands nobody knows its due: what is in force last governs.
    const standing = status(high, "waiting-on-fix", hours(2)).clocks.find(({ metric }) => metric === "resolution");
    expect(standing && dueOf(after, high, standing).governing.calendar?.version).toBe(2);
  });

  test("at which a clock goes on, since a shorter promise came while it stood, is explained with the pause", () => {
    const shorter = {
      ...rulebook.policy,
      version: 2,
      targets: rulebook.policy.targets.map((rule) => ({ ...rule, length: { minutes: 60 } })),
    };
    const rules = everyMetricRulebook({ moves: [{ policy: shorter, from: hours(5) }] });
    const going = status(status(high, "waiting-on-fix", hours(2)), "open", hours(7));
    const { dueAt, spans } = explained(going, "resolution", hours(7), rules);
    expect(dueAt).toBe(hours(7));
    expect(spans).toMatchObject([
      { kind: "counted", from: hours(0), until: hours(2) },
      { kind: "paused", from: hours(2), until: hours(7) },
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

  test("what a rule goes by beside the priority is named too", () => {
    const { targets } = rulebook.policy;
    const [critical, ...others] = targets;
    if (critical === undefined) throw new Error("no targets");
    const only = (id: string, when: Partial<typeof critical.when>) => ({
      ...critical,
      id,
      when: { ...critical.when, priority: ["high"], ...when },
    });
    const rules = everyMetricRulebook(
      {},
      { targets: [only("legacy", { package: ["legacy"] }), only("mail", { channel: ["email"] }), ...others] },
    );
    const current = openedCase({ requestedPriority: "high" }, rules).case;
    expect(explained(current, "first-response", hours(1), rules).passedOver).toEqual([
      { id: "legacy", because: "package" },
      { id: "mail", because: "channel" },
    ]);
  });

  test("a rule that holds by now, of a segment that does not say what it was chosen by, is not named", () => {
    const raised = stateAfter(high, changePriority(high, { to: "critical" }, rulebook, hours(3), BY));
    const old = {
      ...raised,
      clocks: raised.clocks.map((cycle) => ({
        ...cycle,
        segments: cycle.segments.map(({ priority: _priority, ...segment }) => segment),
      })),
    };
    expect(explained(old, "first-response", hours(3)).passedOver).toEqual([]);
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
    expect(measured.find(({ priority }) => priority === "medium")?.dueAt).toBe(hours(48));
    const evening = openedCase({ requestedPriority: "high", receivedAt: hours(9) }, rulebook).case;
    const atNight = explained(evening, "first-response", hours(9)).counterfactuals;
    expect(atNight.find(({ priority }) => priority === "critical")?.dueAt).toBe(hours(11));
  });

  test("a priority without a promise is not named", () => {
    const targets = rulebook.policy.targets.filter(({ id }) => id !== "low");
    const told = explained(high, "first-response", hours(1), everyMetricRulebook({}, { targets })).counterfactuals;
    expect(told.map(({ priority }) => priority)).toEqual(["critical", "medium"]);
  });
});
