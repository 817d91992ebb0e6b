import {
  applyAppend,
  changePriority,
  changeStatus,
  dueIfResumed,
  handOver,
  instantOf,
  isRefused,
  leftMs,
  nextWakeUp,
  plus,
  receiveMessage,
  reply,
  resolve,
  toIso,
  wake,
} from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { shippedRulebook } from "../sla/shipped-rulebook.ts";
import { BY, clockOf, dueText, HOUR_MS, hours, OPENED, opened, promising, stateAfter } from "./peer-case.ts";

// Faults of other desks, each by its own name: what their users complain of must not happen here.

const rulebook = shippedRulebook();

describe("faults that other desks' users complain of", () => {
  test("a priority raised late is not late at once", () => {
    const low = opened(OPENED, "low", rulebook);
    const raised = stateAfter(low, changePriority(low, { to: "critical" }, rulebook, hours(9), BY));
    expect(dueText(raised, "first-response", rulebook)).toBe(toIso(hours(11)));
    expect(wake(raised, rulebook, hours(9), BY)).toEqual({ refused: "not-due" });
  });

  test("resolved while paused, the time on hold stays left out when it is reopened (frappe/helpdesk 3776)", () => {
    const rules = promising("resolution", { minutes: 480 });
    const answered = stateAfter(
      opened(OPENED, "high", rules),
      reply(opened(OPENED, "high", rules), "msg_2", rules, hours(1), BY),
    );
    const waiting = stateAfter(answered, changeStatus(answered, { to: "waiting-on-customer" }, rules, hours(2), BY));
    const resolved = stateAfter(waiting, resolve(waiting, undefined, rules, hours(5), BY));
    expect(clockOf(resolved, "resolution").outcome).toBe("met");
    const joining = {
      messageId: "msg_3",
      channel: "portal",
      personId: "person_jo",
      receivedAt: hours(7),
      automatic: false,
    };
    const reopened = applyAppend(resolved, receiveMessage(resolved, joining, rules, hours(7), BY), resolved.id);
    const standing = dueIfResumed(rules, reopened, clockOf(reopened, "resolution"), hours(7));
    expect(leftMs(rules, standing, hours(7))).toBe(6 * HOUR_MS);
  });

  test("a target of thirty business days is thirty working days, holidays left out", () => {
    const rules = promising("first-response", { businessDays: 30 });
    // From 10 June over Juneteenth (19 June) and Independence Day (3 July, as the 4th is a Saturday).
    expect(dueText(opened(OPENED, "medium", rules), "first-response", rules)).toBe("2026-07-24T14:00:00.000Z");
  });

  test("due on closing time before a holiday, it is due then and not when the desk opens again", () => {
    const eve = opened("2026-11-25T21:00:00Z", "high", rulebook);
    expect(dueText(eve, "first-response", rulebook)).toBe("2026-11-26T01:00:00.000Z");
    expect(nextWakeUp({ ...eve, clocks: [{ ...clockOf(eve, "first-response"), warnedPercent: 75 }] }, rulebook)).toBe(
      instantOf("2026-11-26T01:00:00.001Z"),
    );
  });

  test("the last minute of the day counts (zammad 3180)", () => {
    const late = opened("2026-06-10T23:59:00Z", "high", rulebook);
    expect(dueText(late, "first-response", rulebook)).toBe("2026-06-11T15:59:00.000Z");
  });

  test("a group that the case moves to measures it on its own hours, and its timer follows (zammad 5624)", () => {
    const high = opened(OPENED, "high", rulebook);
    const before = nextWakeUp(high, rulebook);
    const moved = stateAfter(high, handOver(high, { team: "au" }, rulebook, hours(1), BY));
    // One hour is gone; au opens at 09:00 in Sydney, which is 23:00 in UTC.
    expect(dueText(moved, "first-response", rulebook)).toBe("2026-06-11T02:00:00.000Z");
    expect(nextWakeUp(moved, rulebook)).toBeGreaterThan(before ?? 0);
  });

  test("a breach is told once, however often somebody looks (glpi 2408)", () => {
    let current = opened(OPENED, "high", rulebook);
    let told = 0;
    for (let minute = 0; minute < 600; minute += 1) {
      const decision = wake(current, rulebook, plus(hours(3), minute * 60_000), BY);
      if (isRefused(decision)) continue;
      told += decision.filter(({ type }) => type === "ClockBreached").length;
      current = stateAfter(current, decision);
    }
    expect(told).toBe(1);
  });

  test("nothing is violated while it is pending (glpi 24481)", () => {
    const rules = promising("resolution", { minutes: 60 });
    const answered = stateAfter(
      opened(OPENED, "high", rules),
      reply(opened(OPENED, "high", rules), "msg_2", rules, hours(0.5), BY),
    );
    const waiting = stateAfter(answered, changeStatus(answered, { to: "waiting-on-fix" }, rules, hours(0.5), BY));
    expect(wake(waiting, rules, hours(2_000), BY)).toEqual({ refused: "not-due" });
    expect(nextWakeUp(waiting, rules)).toBeUndefined();
  });

  test("the clock of the next response does not run on after resolving (chatwoot 10178)", () => {
    const joining = {
      messageId: "msg_3",
      channel: "portal",
      personId: "person_jo",
      receivedAt: hours(2),
      automatic: false,
    };
    const high = opened(OPENED, "high", rulebook);
    const answered = stateAfter(high, reply(high, "msg_2", rulebook, hours(1), BY));
    const asked = applyAppend(answered, receiveMessage(answered, joining, rulebook, hours(2), BY), answered.id);
    expect(nextWakeUp(asked, rulebook)).toBeDefined();
    for (const words of [undefined, { messageId: "msg_4" }]) {
      expect(nextWakeUp(stateAfter(asked, resolve(asked, words, rulebook, hours(3), BY)), rulebook)).toBeUndefined();
    }
  });

  test("an update is not due though the agent answered: each answer begins it anew (zammad 3140, 5177)", () => {
    const rules = promising("update", { minutes: 120 });
    const high = opened(OPENED, "high", rules);
    const once = stateAfter(high, reply(high, "msg_2", rules, hours(1), BY));
    const twice = stateAfter(once, reply(once, "msg_3", rules, hours(2.5), BY));
    expect(dueText(twice, "update", rules)).toBe(toIso(hours(4.5)));
    expect(twice.breaches).toBeUndefined();
  });

  test("a reopening does not inflate the first response (freescout and others)", () => {
    const high = opened(OPENED, "high", rulebook);
    const done = stateAfter(high, resolve(high, { messageId: "msg_2" }, rulebook, hours(1), BY));
    const joining = {
      messageId: "msg_3",
      channel: "portal",
      personId: "person_jo",
      receivedAt: hours(30),
      automatic: false,
    };
    const reopened = applyAppend(done, receiveMessage(done, joining, rulebook, hours(30), BY), done.id);
    expect(clockOf(reopened, "first-response")).toMatchObject({ outcome: "met", endedAt: hours(1) });
    expect(clockOf(reopened, "next-response")).toMatchObject({ number: 1, startedAt: hours(30) });
  });
});
