import { describe, expect, test } from "vitest";
import { changePriority } from "../case/change-priority.ts";
import { everyMetricRulebook, withStatus } from "../fixtures/every-metric.ts";
import { BY, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { AU_HOURS, MAIN_HOURS } from "../fixtures/example-rulebook.ts";
import type { Rulebook } from "../policy/rulebook.ts";
import { HOUR_MS, type Instant, plus, toIso } from "../time/instant.ts";
import { cycleWakeAt, dueIfResumed, dueOf, isTold, leftMs, shownDue, warningsOf } from "./due.ts";
import { countedBy, pieceAt, promisesOf, reachedAt, runningStretches } from "./promise.ts";
import { handOverClocks } from "./retarget.ts";

const rulebook = everyMetricRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const opened = openedCase({ requestedPriority: "high" }, rulebook).case;

function promised(current = opened, metric = "first-response", rules: Rulebook = rulebook) {
  const cycle = current.clocks.find((one) => one.metric === metric);
  if (cycle === undefined) throw new Error(`no ${metric}`);
  return { cycle, promises: promisesOf(cycle, current, rules) };
}

function handedOver(current = opened, at = hours(1)) {
  return stateAfter(current, handOverClocks(current, "au", [], rulebook, at, BY));
}

const main2 = { ...MAIN_HOURS, version: 2, week: {} };
const main3 = { ...MAIN_HOURS, version: 3 };
const au2 = { ...AU_HOURS, version: 2 };

describe("the pieces of a promise", () => {
  const froms = (current = opened, rules = rulebook) =>
    promised(current, "first-response", rules).promises.map(({ pieces }) =>
      pieces.map(({ from, segment }) => [from, segment.team, segment.calendar?.version, segment.combine]),
    );

  test("one, while nothing changes", () => {
    expect(froms()).toEqual([[[hours(0), "main", 1, "replace"]]]);
  });

  test("one more for a hand-over, and for a later version of the calendar that measures it then", () => {
    const rules = everyMetricRulebook({
      calendars: [
        { calendar: main2, from: hours(0.5) },
        { calendar: main3, from: hours(2) },
        { calendar: au2, from: hours(3) },
      ],
    });
    expect(froms(handedOver(), rules)).toEqual([
      [
        [hours(0), "main", 1, "replace"],
        [hours(0.5), "main", 2, "carry"],
        [hours(1), "au", 1, "carry"],
        [hours(3), "au", 2, "carry"],
      ],
    ]);
  });

  test("none for a version that was in force when it was promised, or that another one hides", () => {
    const rules = everyMetricRulebook({
      calendars: [
        { calendar: main2, from: hours(0) },
        { calendar: main2, from: hours(1) },
        { calendar: main3, from: hours(1) },
      ],
    });
    expect(froms(opened, rules)).toEqual([
      [
        [hours(0), "main", 1, "replace"],
        [hours(1), "main", 3, "carry"],
      ],
    ]);
  });

  test("a clock that always runs has a team and no calendar", () => {
    const critical = openedCase({ requestedPriority: "critical" }, rulebook).case;
    expect(froms(handedOver(critical))).toEqual([
      [
        [hours(0), "main", undefined, "replace"],
        [hours(1), "au", undefined, "carry"],
      ],
    ]);
  });

  test("a raised case has two promises, and a hand-over is for both", () => {
    const medium = openedCase({}, rulebook).case;
    const raised = stateAfter(medium, changePriority(medium, { to: "high" }, rulebook, hours(1), BY));
    const [first, second] = froms(handedOver(raised, hours(2)));
    expect(first).toEqual([
      [hours(0), "main", 1, "replace"],
      [hours(2), "au", 1, "carry"],
    ]);
    expect(second).toEqual([
      [hours(1), "main", 1, "earlier"],
      [hours(2), "au", 1, "carry"],
    ]);
    const lengths = promised(handedOver(raised, hours(2))).promises.map(({ pieces }) =>
      pieces.map(({ segment }) => segment.ruleId),
    );
    expect(lengths).toEqual([
      ["medium", "medium"],
      ["high", "high"],
    ]);
  });
});

describe("a policy that moves what is unfinished", () => {
  const { policy } = rulebook;
  const moved = (minutes: number, from: Instant, version = 2) => ({
    policy: { ...policy, version, targets: policy.targets.map((rule) => ({ ...rule, length: { minutes } })) },
    from,
  });
  const lengthsUnder = (...moves: ReturnType<typeof moved>[]) =>
    promised(opened, "first-response", everyMetricRulebook({ moves })).promises.map(({ pieces }) =>
      pieces.map(({ from, segment }) => [from, segment.openMs / HOUR_MS, segment.policyVersion]),
    );

  test("adds a piece with its own length, once for each version that is newer", () => {
    expect(lengthsUnder(moved(600, hours(1)), moved(300, hours(2), 3))).toEqual([
      [
        [hours(0), 4, 1],
        [hours(1), 10, 2],
        [hours(2), 5, 3],
      ],
    ]);
    expect(lengthsUnder(moved(600, hours(1), 1))).toEqual([[[hours(0), 4, 1]]]);
    expect(lengthsUnder(moved(600, hours(0)))).toEqual([[[hours(0), 4, 1]]]);
  });

  test("is left out when it has no such team", () => {
    const [one] = [moved(600, hours(1))];
    const without = {
      ...one,
      policy: { ...one.policy, teams: one.policy.teams.filter(({ code }) => code !== "main") },
    };
    expect(lengthsUnder(without)).toEqual([[[hours(0), 4, 1]]]);
  });

  test("chooses its rule by the priority that was promised by then", () => {
    const medium = openedCase({}, rulebook).case;
    const raised = stateAfter(medium, changePriority(medium, { to: "high" }, rulebook, hours(2), BY));
    const longer = {
      ...policy,
      version: 2,
      targets: policy.targets.map((rule) => (rule.id === "medium" ? { ...rule, length: { minutes: 900 } } : rule)),
    };
    const rules = everyMetricRulebook({ moves: [{ policy: longer, from: hours(1) }] });
    const [first, second] = promised(raised, "first-response", rules).promises;
    expect(first?.pieces.map(({ segment }) => segment.ruleId)).toEqual(["medium", "medium"]);
    expect(first?.pieces.at(-1)?.segment.openMs).toBe(15 * HOUR_MS);
    expect(second?.pieces).toHaveLength(1);
  });
});

describe("the stretches in which time runs", () => {
  const [promise] = promised(handedOver()).promises;
  if (promise === undefined) throw new Error("nothing is promised");
  const stretches = (...pauses: [number, number | undefined][]) =>
    [
      ...runningStretches(
        promise,
        pauses.map(([from, until]) => ({ from: hours(from), ...(until !== undefined && { until: hours(until) }) })),
      ),
    ].map(({ from, until, segment }) => [
      (from - hours(0)) / HOUR_MS,
      until && (until - hours(0)) / HOUR_MS,
      segment.team,
    ]);

  test("are the pieces, the last without an end", () => {
    expect(stretches()).toEqual([
      [0, 1, "main"],
      [1, undefined, "au"],
    ]);
  });

  test("leave pauses out, whichever pieces they lie in", () => {
    expect(stretches([0.25, 0.5])).toEqual([
      [0, 0.25, "main"],
      [0.5, 1, "main"],
      [1, undefined, "au"],
    ]);
    expect(stretches([0.5, 2])).toEqual([
      [0, 0.5, "main"],
      [2, undefined, "au"],
    ]);
    expect(stretches([-2, -1], [0, 1])).toEqual([[1, undefined, "au"]]);
    expect(stretches([3, 4])).toEqual([
      [0, 1, "main"],
      [1, 3, "au"],
      [4, undefined, "au"],
    ]);
  });

  test("end with a pause that lasts", () => {
    expect(stretches([0.5, undefined])).toEqual([[0, 0.5, "main"]]);
    expect(stretches([2, undefined])).toEqual([
      [0, 1, "main"],
      [1, 2, "au"],
    ]);
  });
});

describe("when a promise is reached", () => {
  const { promises } = promised();
  const [promise] = promises;
  if (promise === undefined) throw new Error("nothing is promised");
  const reached = (pauses: { from: Instant; until?: Instant }[], openMs?: number) => {
    const at = reachedAt(promise, pauses, rulebook, openMs);
    return at && (at - hours(0)) / HOUR_MS;
  };

  test("the whole of it, or so much as is asked for", () => {
    expect(reached([])).toBe(4);
    expect(reached([], HOUR_MS)).toBe(1);
    expect(reached([{ from: hours(1), until: hours(2) }])).toBe(5);
  });

  test("never behind a pause that lasts", () => {
    expect(reached([{ from: hours(3) }])).toBeUndefined();
    expect(reached([{ from: hours(3) }], 3 * HOUR_MS)).toBeUndefined();
    expect(reached([{ from: hours(3) }], 3 * HOUR_MS - 1)).toBeCloseTo(3);
    expect(reached([{ from: hours(4), until: hours(6) }])).toBe(6);
  });

  test("what is counted by an instant, on which piece", () => {
    const counted = (n: number) => countedBy(promise, [{ from: hours(1), until: hours(2) }], hours(n), rulebook);
    expect([-1, 0, 0.5, 1, 1.5, 2, 3].map((n) => counted(n).countedMs / HOUR_MS)).toEqual([0, 0, 0.5, 1, 1, 1, 2]);
    expect(counted(3).segment?.team).toBe("main");
    expect(pieceAt(promise, hours(-1))?.from).toBe(hours(0));
    expect(pieceAt({ ...promise, pieces: [] }, hours(1))).toBeUndefined();
  });
});

describe("where a cycle stands", () => {
  test("what is left falls below nothing after the due, on the hours of its last piece", () => {
    const left = (current: typeof opened, n: number) => {
      const { cycle } = promised(current);
      return leftMs(rulebook, dueOf(rulebook, current, cycle), hours(n)) / HOUR_MS;
    };
    expect([0, 1, 4, 5].map((n) => left(opened, n))).toEqual([4, 3, 0, -1]);
    expect([0.5, 1, 6, 8].map((n) => left(handedOver(), n))).toEqual([3.5, 3, 3, 2]);
  });

  test("a paused one wakes nobody for its due, and shows it as if it went on", () => {
    const waiting = withStatus(opened, "waiting-on-fix", hours(2));
    const { cycle } = promised(waiting, "resolution");
    expect(cycleWakeAt(rulebook, waiting, cycle)).toBeUndefined();
    expect(shownDue(rulebook, waiting, cycle, hours(3))).toBe(hours(9));
    expect(dueIfResumed(rulebook, waiting, cycle, hours(3)).dueAt).toBe(hours(9));
    expect(warningsOf(rulebook, dueOf(rulebook, waiting, cycle))).toEqual([]);
  });

  test("a threshold that was told is not told again, unless it lies later now", () => {
    const { cycle } = promised();
    const told = { ...cycle, warnedPercent: 75, warnedAt: hours(3) };
    expect(isTold(told, { percent: 75, at: hours(3) })).toBe(true);
    expect(isTold(told, { percent: 50, at: hours(2) })).toBe(true);
    expect(isTold(told, { percent: 75, at: plus(hours(3), 1) })).toBe(false);
    expect(isTold(told, { percent: 80, at: hours(2) })).toBe(false);
    expect(isTold({ ...cycle, warnedPercent: 75 }, { percent: 75, at: hours(9) })).toBe(true);
    expect(isTold(cycle, { percent: 75, at: hours(1) })).toBe(false);
  });

  test("the due of what ended is as it was then", () => {
    const { cycle } = promised();
    const ended = { ...cycle, outcome: "met" as const, endedAt: hours(1), dueAt: hours(2) };
    expect(toIso(shownDue(rulebook, opened, ended, hours(5)))).toBe(toIso(hours(2)));
    expect(cycleWakeAt(rulebook, opened, ended)).toBeUndefined();
    expect(shownDue(rulebook, opened, { ...cycle, breachedAt: hours(3) }, hours(5))).toBe(hours(3));
  });
});
