import { describe, expect, test } from "vitest";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, plus, toIso } from "../time/instant.ts";
import { reply, resolve } from "./answer.ts";
import { isRefused } from "./decision.ts";
import { escalate } from "./escalate.ts";
import { nextWakeUp, wake } from "./wake.ts";

const rulebook = exampleRulebook();
/** High: 4 h from 10:00, so a warning at 13:00 and a due at 14:00. */
const { case: opened } = openedCase({ requestedPriority: "high" });
const WARNING_AT = plus(WEDNESDAY_10_NY, 3 * HOUR_MS);
const DUE_AT = plus(WEDNESDAY_10_NY, 4 * HOUR_MS);

const wakeAt = (now: Instant, current = opened) => wake(current, rulebook, now, BY);

describe("when nobody has answered", () => {
  test("the case asks to be woken for its warning, then for its breach, then for nothing", () => {
    expect(nextWakeUp(opened, rulebook)).toBe(WARNING_AT);
    const warned = stateAfter(opened, wakeAt(WARNING_AT));
    expect(nextWakeUp(warned, rulebook)).toBe(DUE_AT + 1);
    const breached = stateAfter(warned, wakeAt(plus(DUE_AT, 1), warned));
    expect(nextWakeUp(breached, rulebook)).toBeUndefined();
  });

  test("the warning is told once", () => {
    const warned = stateAfter(opened, wakeAt(WARNING_AT));
    expect(warned.clocks[0]?.warnedPercent).toBe(75);
    expect(wakeAt(plus(WARNING_AT, 1), warned)).toEqual({ refused: "not-due" });
  });

  test("the breach is recorded at the due instant, once, with the instant it was noticed", () => {
    const noticedAt = plus(DUE_AT, 90_000);
    const [breach, ...rest] = factsOf(wakeAt(noticedAt));
    expect(breach).toMatchObject({ type: "ClockBreached", dueAt: DUE_AT, at: noticedAt, team: "main", tier: 1 });
    expect(rest).toEqual([]);
    expect(isRefused(wakeAt(plus(noticedAt, 1), stateAfter(opened, wakeAt(noticedAt))))).toBe(true);
  });

  test.each([WARNING_AT - 1, WEDNESDAY_10_NY])("woken early at %d nothing happens", (now) => {
    expect(wakeAt(now as Instant)).toEqual({ refused: "not-due" });
  });

  test("at the very due instant it is not broken yet", () => {
    const facts = factsOf(wakeAt(DUE_AT));
    expect(facts.map((fact) => fact.type)).toEqual(["ClockWarned"]);
  });

  test("of several warnings passed at once only the highest is told", () => {
    const { case: critical } = openedCase({ requestedPriority: "critical" });
    const facts = factsOf(wakeAt(plus(WEDNESDAY_10_NY, 1.9 * HOUR_MS), critical));
    expect(facts).toMatchObject([{ type: "ClockWarned", percent: 75 }]);
  });

  test("a breach takes the case one tier up, once, and never past the top", () => {
    const { policy } = rulebook;
    const up = stateAfter(opened, escalate(opened, { fromTier: 1 }, policy, DUE_AT, BY));
    expect(up.tier).toBe(2);
    expect(escalate(up, { fromTier: 1 }, policy, DUE_AT, BY)).toEqual({ refused: "moved-on" });
    expect(escalate({ ...up, tier: policy.topTier }, { fromTier: policy.topTier }, policy, DUE_AT, BY)).toEqual({
      refused: "top-tier",
    });
    expect(escalate({ ...up, status: "resolved" }, { fromTier: 2 }, policy, DUE_AT, BY)).toEqual({
      refused: "not-open",
    });
  });
});

describe("when an agent answers", () => {
  const answered = (now: Instant) => factsOf(reply(opened, "msg_2", rulebook, now, BY));

  test.each([
    ["before the due", plus(DUE_AT, -1), ["ReplyWritten", "ClockStopped"], "met"],
    ["exactly at the due", DUE_AT, ["ReplyWritten", "ClockStopped"], "met"],
    [
      "after the due, before any timer woke",
      plus(DUE_AT, 1),
      ["ReplyWritten", "ClockBreached", "ClockStopped"],
      "missed",
    ],
  ])("%s", (_when, now, types, outcome) => {
    const facts = answered(now);
    expect(facts.map((fact) => fact.type)).toEqual(types);
    expect(facts.at(-1)).toMatchObject({ outcome, stoppedAt: now });
    expect(nextWakeUp(stateAfter(opened, facts), rulebook)).toBeUndefined();
  });

  test("a reply after a recorded breach does not breach again", () => {
    const breached = stateAfter(opened, wakeAt(plus(DUE_AT, 1)));
    const facts = factsOf(reply(breached, "msg_2", rulebook, plus(DUE_AT, 5), BY));
    expect(facts.map((fact) => fact.type)).toEqual(["ReplyWritten", "ClockStopped"]);
    expect(facts.at(-1)).toMatchObject({ outcome: "missed" });
  });

  test("resolved with words is an answer; resolved silently cancels the clock", () => {
    const withWords = factsOf(resolve(opened, { messageId: "msg_2" }, rulebook, DUE_AT, BY));
    expect(withWords.map((fact) => fact.type)).toEqual(["ReplyWritten", "ClockStopped", "CaseResolved"]);
    const silent = factsOf(resolve(opened, undefined, rulebook, DUE_AT, BY));
    expect(silent.map((fact) => fact.type)).toEqual(["ClockCancelled", "CaseResolved"]);
    expect(stateAfter(opened, silent).clocks[0]?.outcome).toBe("cancelled");
    expect(resolve(stateAfter(opened, silent), undefined, rulebook, DUE_AT, BY)).toEqual({ refused: "not-open" });
  });
});

describe("the due of a case opened in the night", () => {
  test("is counted from the next opening", () => {
    const night = plus(WEDNESDAY_10_NY, -8 * HOUR_MS);
    const { case: atNight } = openedCase({ receivedAt: night, requestedPriority: "high" });
    expect(toIso(atNight.clocks[0]?.dueAt ?? night)).toBe("2026-11-25T17:00:00.000Z");
  });
});
