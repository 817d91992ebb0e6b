import { describe, expect, test } from "vitest";
import { countAttainment } from "../attainment/attainment-report.ts";
import { countedCycles } from "../attainment/counted-cycles.ts";
import { note, recordCall, reply, resolve } from "../case/answer.ts";
import { handOver } from "../case/assign.ts";
import { type Case, Status, type StatusCategory } from "../case/case.ts";
import { changePriority } from "../case/change-priority.ts";
import { changeStatus } from "../case/change-status.ts";
import { isRefused } from "../case/decision.ts";
import type { Fact } from "../case/facts.ts";
import { merge } from "../case/merge.ts";
import { messagesOnCase } from "../case/message-ids.ts";
import { project } from "../case/projection.ts";
import { receiveMessage, takesMessages } from "../case/receive-message.ts";
import { take } from "../case/take.ts";
import { waitingMessages } from "../case/waiting-since.ts";
import { wake } from "../case/wake.ts";
import { AbandonReason, type Effect } from "../effect/effect.ts";
import { owedBy } from "../effect/owed-by.ts";
import { taskOwner } from "../effect/task.ts";
import { everyMetricRulebook, withStatus } from "../fixtures/every-metric.ts";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { AU_HOURS, MAIN_HOURS } from "../fixtures/example-rulebook.ts";
import { SLA_DECISIONS, type SlaQuestion } from "../fixtures/sla-decisions.ts";
import type { Metric } from "../policy/policy.ts";
import { DAY_MS, HOUR_MS, type Instant, instantOf, MINUTE_MS, plus } from "../time/instant.ts";
import { dueIfResumed, dueOf, leftMs, shownDue } from "./due.ts";
import { followMessages } from "./follow-messages.ts";
import { promisesOf, reachedAt } from "./promise.ts";
import { clocksOfReopened, clocksOfRestored } from "./reopen-clocks.ts";
import { handOverClocks } from "./retarget.ts";
import { isRunning } from "./running.ts";
import { cancelClocks } from "./settle.ts";
import { startClock } from "./start-clock.ts";
import { waive } from "./waive.ts";

/** Wednesday 10:00 in New York is hour 0; main closes at hour 10, and Thursday is Thanksgiving. */
const rulebook = everyMetricRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);
const opened = openedCase({ requestedPriority: "high" }, rulebook).case;

const replied = (current: Case, at: Instant, id = "msg_a") => stateAfter(current, reply(current, id, rulebook, at, BY));
const woken = (current: Case, at: Instant) => {
  const decision = wake(current, rulebook, at, BY);
  return isRefused(decision) ? current : stateAfter(current, decision);
};
const wrote = (current: Case, receivedAt: Instant, now = receivedAt, automatic = false) =>
  stateAfter(
    current,
    receiveMessage(
      current,
      { messageId: "msg_c", channel: "portal", personId: "person_jo", receivedAt, automatic },
      rulebook,
      now,
      BY,
    ),
  );
const clock = (current: Case, metric: Metric) => current.clocks.find((cycle) => cycle.metric === metric);
const due = (current: Case, metric: Metric, rules = rulebook) => {
  const cycle = clock(current, metric);
  return cycle && shownDue(rules, current, cycle, current.changedAt);
};
const policyOf = (id: string) => {
  const rule = rulebook.policy.targets.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};
const asked = new Set<SlaQuestion>();
/** What a row of the table of decisions comes to, under its own words. */
function row(question: SlaQuestion, consequences: () => void) {
  asked.add(question);
  describe(`${question}: ${SLA_DECISIONS[question]}`, consequences);
}
const typesOf = (facts: readonly { type: string }[]) => facts.map(({ type }) => type);

row("when does first-response start", () => {
  test("the instant we received the customer's message", () => {
    const { case: late } = openedCase({ requestedPriority: "high", receivedAt: hours(-1) }, rulebook);
    expect(clock(late, "first-response")).toMatchObject({ startedAt: hours(-1), dueAt: hours(3) });
  });
});

row("what is a response", () => {
  test("a message from an agent that the customer can see", () => {
    expect(clock(replied(opened, hours(1)), "first-response")).toMatchObject({ outcome: "met", endedAt: hours(1) });
  });

  test("or a connected call, which answers like a message; automatic mail and a note do not", () => {
    const called = (current: Case, at: Instant) => stateAfter(current, recordCall(current, "msg_t", rulebook, at, BY));
    const facts = factsOf(recordCall(opened, "msg_t", rulebook, hours(1), BY));
    expect(facts).toMatchObject([
      { type: "CallConnected", messageId: "msg_t", personId: opened.requesterId },
      { type: "ClockStopped", metric: "first-response", outcome: "met" },
      { type: "ClockStarted", metric: "update", cycle: 1 },
    ]);
    const spoken = called(opened, hours(1));
    expect(spoken).toMatchObject({ status: "open", firstAnsweredAt: hours(1), messageCount: opened.messageCount + 1 });
    expect(spoken.lastMessageId).toBe(opened.lastMessageId);
    expect(clock(called(wrote(spoken, hours(2)), hours(3)), "next-response")).toMatchObject({ outcome: "met" });
    expect(waitingMessages([...factsOf(reply(opened, "msg_a", rulebook, hours(1), BY)), ...facts])).toEqual([]);
    expect(messagesOnCase(facts)).toEqual([{ id: "msg_t", internal: true }]);
  });

  test("a call after resolving starts nothing, and on a closed case there is none", () => {
    const done = stateAfter(opened, resolve(opened, undefined, rulebook, hours(1), BY));
    expect(typesOf(factsOf(recordCall(done, "msg_t", rulebook, hours(2), BY)))).toEqual(["CallConnected"]);
    const closed = { ...done, status: "closed" as const };
    expect(recordCall(closed, "msg_t", rulebook, hours(2), BY)).toEqual({ refused: "not-open" });
  });

  test("one whose sending is abandoned is a task for its agent, whatever the reason; the fact stays", () => {
    const ann = { kind: "agent", id: "prin_ann" } as const;
    const facts = factsOf(reply(opened, "msg_a", rulebook, hours(1), ann));
    const answered = stateAfter(opened, facts);
    const projection = project(answered, rulebook);
    const owed = owedBy({ facts, next: answered, projection, wakeAtBefore: undefined }, hours(1));
    const mail = owed.filter((effect) => effect.owed.kind === "mail");
    expect(mail.map(({ owed: { kind }, status }) => [kind, status])).toEqual([["mail", "pending"]]);
    expect(mail.map(taskOwner)).toEqual([undefined]);
    for (const reason of AbandonReason.options) {
      const ended = mail.map((effect): Effect => ({ ...effect, status: "abandoned", reason }));
      expect(ended.map(taskOwner)).toEqual(["prin_ann"]);
    }
    expect(mail.map((effect) => taskOwner({ ...effect, status: "done" }))).toEqual([undefined]);
    expect(clock(answered, "first-response")).toMatchObject({ outcome: "met", endedAt: hours(1) });
  });

  test("exactly at the due: met", () => {
    expect(clock(replied(opened, hours(4)), "first-response")).toMatchObject({ outcome: "met" });
    expect(clock(replied(opened, plus(hours(4), 1)), "first-response")).toMatchObject({ outcome: "missed" });
  });

  test("never an internal note, never automatic mail", () => {
    const noted = stateAfter(opened, note(opened, "msg_n", hours(1), BY));
    expect(clock(noted, "first-response")).toMatchObject({ startedAt: hours(0) });
    expect(clock(noted, "first-response")?.outcome).toBeUndefined();
    expect(clock(wrote(replied(opened, hours(1)), hours(2), hours(2), true), "next-response")).toBeUndefined();
  });
});

row("next-response starts at", () => {
  const answered = replied(opened, hours(1));

  test("the oldest unanswered customer message after the first response", () => {
    expect(clock(answered, "next-response")).toBeUndefined();
    const asked = wrote(wrote(answered, hours(2)), hours(3));
    expect(asked.clocks.filter(({ metric }) => metric === "next-response")).toHaveLength(1);
    expect(clock(asked, "next-response")).toMatchObject({ number: 1, startedAt: hours(2), dueAt: hours(6) });
  });

  test("not while the first response is owed", () => {
    expect(clock(wrote(opened, hours(1)), "next-response")).toBeUndefined();
  });

  test("each unanswered burst of messages is one cycle", () => {
    const again = wrote(replied(wrote(answered, hours(2)), hours(3)), hours(5));
    expect(clock(again, "next-response")).toMatchObject({ number: 2, startedAt: hours(5), dueAt: hours(9) });
  });

  test("a Critical reply on an answered case has a clock of the new priority", () => {
    const joining = { messageId: "msg_c", channel: "email", personId: "person_jo", automatic: false };
    const facts = receiveMessage(
      answered,
      { ...joining, subject: "Re: Critical", receivedAt: hours(2) },
      rulebook,
      hours(2),
      BY,
    );
    expect(stateAfter(answered, facts)).toMatchObject({ priority: "critical" });
    expect(due(stateAfter(answered, facts), "next-response")).toBe(hours(4));
  });
});

row("update", () => {
  test("each visible message of an agent ends a cycle and starts the next, after the first response", () => {
    expect(clock(opened, "update")).toBeUndefined();
    const answered = replied(opened, hours(1));
    expect(clock(answered, "update")).toMatchObject({ number: 1, startedAt: hours(1), dueAt: hours(5) });
    const facts = factsOf(reply(answered, "msg_b", rulebook, hours(2), BY));
    expect(facts).toMatchObject([
      { type: "ReplyWritten" },
      { type: "ClockStopped", metric: "update", cycle: 1, outcome: "met", dueAt: hours(5) },
      { type: "ClockStarted", metric: "update", cycle: 2, startedAt: hours(2) },
    ]);
  });

  test("only while active: it stands while the case waits, and ends with it", () => {
    const answered = replied(opened, hours(1));
    expect(project(withStatus(answered, "waiting-until", hours(2)), rulebook).dueAt).toBe(due(opened, "resolution"));
    const done = stateAfter(answered, resolve(answered, { messageId: "msg_r" }, rulebook, hours(2), BY));
    expect(clock(done, "update")).toMatchObject({ number: 1, outcome: "met" });
  });

  test("no default target", () => {
    const shipped = openedCase({ requestedPriority: "high" }).case;
    expect(
      stateAfter(shipped, reply(shipped, "msg_a", everyMetricRulebook({}, { targets: [] }), hours(1), BY)).clocks,
    ).toHaveLength(1);
  });
});

row("ended without a response", () => {
  test("resolved with words is a response", () => {
    const done = stateAfter(opened, resolve(opened, { messageId: "msg_r" }, rulebook, hours(1), BY));
    expect(done.clocks.map(({ outcome }) => outcome)).toEqual(["met", "met"]);
  });

  test("resolved silently: cancelled with that reason, and the work is done", () => {
    const facts = factsOf(resolve(opened, undefined, rulebook, hours(1), BY));
    expect(facts).toMatchObject([
      { type: "ClockStopped", metric: "resolution", outcome: "met" },
      { type: "ClockCancelled", metric: "first-response", reason: "resolved-silently" },
      { type: "CaseResolved" },
    ]);
  });

  test("its due is shown as it was then, also when the clock stood", () => {
    const answered = replied(opened, hours(1));
    const waiting = withStatus(answered, "waiting-on-fix", hours(2));
    const done = stateAfter(waiting, resolve(waiting, undefined, rulebook, hours(6), BY));
    expect(clock(done, "update")).toMatchObject({ outcome: "cancelled", endedAt: hours(6) });
    // Of four hours three were left, and it is as if it had gone on when it ended.
    expect(due(done, "update")).toBe(hours(9));
    const night = { ...MAIN_HOURS, version: 2, week: {} };
    expect(due(done, "update", everyMetricRulebook({ calendars: [{ calendar: night, from: hours(7) }] }))).toBe(
      hours(9),
    );
  });

  test.each(["spam", "false-alarm", "merged-away"] as const)("%s: neither met nor missed", (reason) => {
    const cancelled = stateAfter(opened, cancelClocks(opened, reason, rulebook, hours(1), BY));
    expect(cancelled.clocks.map(({ outcome }) => outcome)).toEqual(["cancelled", "cancelled"]);
    expect(project(cancelled, rulebook)).toMatchObject({ dueAt: undefined, wakeAt: undefined });
  });
});

row("statuses", () => {
  test.each<[StatusCategory, Status[]]>([
    ["active", ["new", "open"]],
    ["waiting", ["waiting-on-customer", "waiting-on-fix", "waiting-until"]],
    ["done", ["resolved", "closed"]],
  ])("%s: %j", (category, statuses) => {
    const found = Status.options.filter(
      (status) => project(withStatus(opened, status, hours(1)), rulebook).category === category,
    );
    expect(found).toEqual(statuses);
  });

  describe("a desk may add its own, each in one of the three categories", () => {
    const own = everyMetricRulebook(
      {},
      {
        statuses: [
          { code: "in-progress", name: "In progress", like: "open" },
          { code: "with-vendor", name: "With the vendor", like: "waiting-on-fix" },
          { code: "planned", name: "Planned", like: "waiting-until" },
          { code: "no-fault-found", name: "No fault found", like: "resolved" },
        ],
      },
    );
    const moved = (current: Case, to: string, at: Instant, until?: Instant) =>
      stateAfter(current, changeStatus(current, { to, until }, own, at, BY));

    test.each<[string, Status, StatusCategory, boolean]>([
      ["in-progress", "open", "active", false],
      ["with-vendor", "waiting-on-fix", "waiting", true],
    ])("%s is like %s, and so are its lists and its clocks", (code, like, category, isPaused) => {
      const current = moved(opened, code, hours(1));
      expect(current).toMatchObject({ status: like, ownStatus: code });
      expect(project(current, own).category).toBe(category);
      expect(clock(current, "resolution")?.pauses).toEqual(isPaused ? [{ from: hours(1) }] : undefined);
      expect(clock(current, "first-response")?.pauses).toBeUndefined();
    });

    test("one that waits until an instant ends by itself, and the desk's own with it", () => {
      const planned = moved(opened, "planned", hours(1), hours(2));
      expect(project(planned, own).wakeAt).toBe(hours(2));
      const awake = woken(planned, hours(2));
      expect([awake.status, awake.ownStatus]).toEqual(["open", undefined]);
    });

    test("one that is done is given by resolving, and ends when the customer writes again", () => {
      const decision = resolve(opened, { messageId: "msg_r" }, own, hours(1), BY, "no-fault-found");
      const done = stateAfter(opened, decision);
      expect(done).toMatchObject({ status: "resolved", ownStatus: "no-fault-found", resolvedAt: hours(1) });
      expect(project(done, own).category).toBe("done");
      const again = wrote(done, hours(2));
      expect([again.status, again.ownStatus]).toEqual(["open", undefined]);
    });

    test("from one to another of the same kind a clock stands on; a merge that is taken back gives it again", () => {
      const twice = moved(moved(opened, "with-vendor", hours(1)), "waiting-on-fix", hours(2));
      expect([twice.ownStatus, clock(twice, "resolution")?.pauses]).toEqual([undefined, [{ from: hours(1) }]]);
      const vendor = moved(opened, "with-vendor", hours(1));
      const away = stateAfter(vendor, [
        { type: "CaseMergedAway", at: hours(2), by: BY, intoCaseId: "case_200000008", statusBefore: vendor.status },
      ]);
      expect([away.status, away.ownStatus]).toEqual(["closed", undefined]);
      const back = stateAfter(away, [
        { type: "CaseRestored", at: hours(3), by: BY, fromCaseId: "case_200000008", status: vendor.status },
      ]);
      expect(back).toMatchObject({ status: "waiting-on-fix", ownStatus: "with-vendor" });
    });

    test.each([
      ["one that the policy does not have", { to: "on-the-moon" }, "unknown-status", "status"],
      ["one that is not anybody's to give", { to: "closed" }, "unknown-status", "status"],
      ["one that resolves a case", { to: "no-fault-found" }, "unknown-status", "status"],
      ["one that waits until an instant, without it", { to: "planned" }, "not-ahead", "until"],
      ["one that does not, with it", { to: "with-vendor", until: hours(3) }, "not-ahead", "until"],
      ["one that waits until what is past", { to: "planned", until: hours(1) }, "not-ahead", "until"],
    ])("%s is refused by name", (_what, given, refused, path) => {
      expect(changeStatus(opened, given, own, hours(1), BY)).toMatchObject({ refused, errors: [{ path }] });
    });

    test("the one that it has, and to resolve by one that does not resolve, is refused", () => {
      const vendor = moved(opened, "with-vendor", hours(1));
      expect(changeStatus(vendor, { to: "with-vendor" }, own, hours(2), BY)).toEqual({ refused: "same-status" });
      for (const status of ["with-vendor", "open", "resolved"]) {
        expect(resolve(opened, undefined, own, hours(1), BY, status)).toMatchObject({ refused: "unknown-status" });
      }
    });
  });

  test("a case is new until an agent has to do with it, and open from then on", () => {
    expect(opened.status).toBe("new");
    expect(stateAfter(opened, note(opened, "msg_n", hours(1), BY)).status).toBe("new");
    expect(replied(opened, hours(1)).status).toBe("open");
    expect(stateAfter(opened, take(opened, "prin_ana", hours(1), BY)).status).toBe("open");
  });
});

row("pause", () => {
  const waiting = withStatus(opened, "waiting-on-customer", hours(3));

  test("per metric and status category: first- and next-response never pause", () => {
    for (const status of ["waiting-on-customer", "waiting-on-fix", "waiting-until"] as const) {
      expect(clock(withStatus(opened, status, hours(1)), "first-response")?.pauses).toBeUndefined();
    }
  });

  test("resolution pauses while waiting on the customer or on a fix, not while waiting until a day", () => {
    expect(clock(waiting, "resolution")?.pauses).toEqual([{ from: hours(3) }]);
    expect(clock(withStatus(opened, "waiting-on-fix", hours(3)), "resolution")?.pauses).toEqual([{ from: hours(3) }]);
    expect(clock(withStatus(opened, "waiting-until", hours(3)), "resolution")?.pauses).toBeUndefined();
  });

  test("paused, 5 h left, whenever it is asked", () => {
    for (const now of [hours(3), hours(9), hours(24 * 30)]) {
      const cycle = clock(waiting, "resolution");
      expect(cycle && leftMs(rulebook, dueIfResumed(rulebook, waiting, cycle, now), now)).toBe(5 * HOUR_MS);
    }
  });

  test("never breaches while paused, and has no due", () => {
    const answered = replied(waiting, hours(3.5));
    const cycle = clock(answered, "resolution");
    expect(cycle && dueOf(rulebook, answered, cycle).dueAt).toBeUndefined();
    expect(wake(withStatus(answered, "waiting-on-customer", hours(4)), rulebook, hours(24 * 30), BY)).toEqual({
      refused: "not-due",
    });
  });

  test("resumed, what is left goes on from then", () => {
    const resumed = withStatus(waiting, "open", hours(4));
    expect(clock(resumed, "resolution")?.pauses).toEqual([{ from: hours(3), until: hours(4) }]);
    expect(due(resumed, "resolution")).toBe(hours(9));
  });

  test("met at the very instant of a pause, it is due when the clock goes on", () => {
    const atDue = withStatus(opened, "waiting-on-customer", hours(8));
    expect(project({ ...atDue, clocks: atDue.clocks.slice(1) }, rulebook).dueAt).toBeUndefined();
    const cycle = clock(withStatus(atDue, "open", hours(9)), "resolution");
    expect(cycle && dueOf(rulebook, atDue, cycle).dueAt).toBe(hours(9));
  });

  test("resuming cannot rescue a breached cycle", () => {
    const breached = woken(opened, plus(hours(8), 1));
    const resumed = withStatus(withStatus(breached, "waiting-on-customer", hours(9)), "open", hours(24 * 5));
    expect(clock(resumed, "resolution")?.breachedAt).toBe(hours(8));
    expect(due(resumed, "resolution")).toBe(hours(8));
  });

  test("a breach that nobody noticed before the pause is recorded all the same", () => {
    const unnoticed = withStatus(opened, "waiting-on-customer", hours(9));
    expect(factsOf(wake(unnoticed, rulebook, hours(9), BY))).toMatchObject([
      { type: "ClockBreached", metric: "first-response", dueAt: hours(4) },
      { type: "ClockBreached", metric: "resolution", dueAt: hours(8) },
    ]);
  });
});

row("priority raised", () => {
  test("due = the earlier of the old due and now + the new target; both are recorded", () => {
    const medium = openedCase({}, rulebook).case;
    const facts = factsOf(changePriority(medium, { to: "high" }, rulebook, hours(1), BY));
    expect(facts.find((fact) => fact.type === "ClockRetargeted")).toMatchObject({
      dueBefore: instantOf("2026-11-27T15:00:00Z"),
      dueAt: hours(5),
    });
    expect(
      due(stateAfter(opened, changePriority(opened, { to: "critical" }, rulebook, hours(3), BY)), "first-response"),
    ).toBe(hours(4));
  });
});

row("priority lowered", () => {
  const lowered = (current: Case, at: Instant) =>
    stateAfter(current, changePriority(current, { to: "medium" }, rulebook, at, BY));

  test("due = the later of the old due and start + the new target", () => {
    expect(due(lowered(opened, hours(1)), "first-response")).toBe(instantOf("2026-11-27T15:00:00Z"));
  });

  test("a breach that has happened stays a fact", () => {
    const after = lowered(woken(opened, hours(4.5)), hours(5));
    expect(after.breaches).toMatchObject([{ metric: "first-response", dueAt: hours(4), waived: false }]);
    expect(due(after, "first-response")).toBe(hours(4));
  });
});

row("team handed over; hours change; a holiday is added or removed", () => {
  describe("a team is handed over", () => {
    const handedOver = (current: Case, at: Instant) =>
      stateAfter(current, [
        { type: "CaseRouted", at, by: BY, team: "au", ruleId: "own-team", policyVersion: 1 },
        ...handOverClocks(current, "au", [], rulebook, at, BY),
      ]);

    test("a new segment from then on; open time already counted stays counted", () => {
      // One of four hours on main's clock; au opens at 22:00 UTC, hour 7.
      const after = handedOver(opened, hours(1));
      expect(due(after, "first-response")).toBe(hours(10));
      expect(clock(after, "first-response")?.segments).toHaveLength(2);
    });

    test("the fact says what goes on: the rule, its length and its warnings stay, team and hours are others", () => {
      const [fact] = handOverClocks(opened, "au", [], rulebook, hours(1), BY);
      const [before] = clock(opened, "first-response")?.segments ?? [];
      expect(fact?.segment).toEqual({
        ...before,
        from: hours(1),
        measuredFrom: hours(1),
        team: "au",
        calendar: { id: "au-hours", version: 1 },
        combine: "carry",
      });
    });

    test("minutes stay minutes", () => {
      const medium = handedOver(openedCase({}, rulebook).case, hours(1));
      const cycle = clock(medium, "first-response");
      expect(cycle && leftMs(rulebook, dueOf(rulebook, medium, cycle), hours(1))).toBe(11 * HOUR_MS);
    });

    test("a promise on team hours behind one round the clock goes over to the other team's hours", () => {
      const medium = openedCase({ requestedPriority: "medium" }, rulebook).case;
      const raised = stateAfter(medium, changePriority(medium, { to: "critical" }, rulebook, hours(1), BY));
      const onAu = (current: Case) => stateAfter(current, handOver(current, { team: "au" }, rulebook, hours(2), BY));
      const cycle = clock(onAu(raised), "first-response");
      const behind = cycle && promisesOf(cycle, raised, rulebook)[0];
      expect(behind && reachedAt(behind, [], rulebook)).toBe(due(onAu(medium), "first-response"));
      expect(due(onAu(raised), "first-response")).toBe(hours(3));
    });

    test("a clock that always runs goes on with its due", () => {
      const critical = openedCase({ requestedPriority: "critical" }, rulebook).case;
      expect(due(handedOver(critical, hours(1)), "first-response")).toBe(hours(2));
    });

    test("the breach names the team that had it at the due", () => {
      const breached = woken(handedOver(opened, hours(1)), plus(hours(10), 1));
      expect(factsOf(wake(handedOver(opened, hours(1)), rulebook, plus(hours(10), 1), BY))[0]).toMatchObject({
        team: "au",
      });
      expect(handOverClocks(breached, "main", [], rulebook, hours(11), BY).map(({ metric }) => metric)).toEqual([
        "resolution",
      ]);
    });
  });

  describe("hours change", () => {
    const low = openedCase({ requestedPriority: "low" }, rulebook).case;
    const [friday, monday] = [instantOf("2026-11-27T05:00:00Z"), instantOf("2026-11-30T05:00:00Z")];
    const fridayOff = {
      ...MAIN_HOURS,
      version: 2,
      holidays: [...MAIN_HOURS.holidays, { on: "2026-11-27", name: "Bridge", source: { kind: "hand" as const } }],
    };
    const edited = (from: Instant) => everyMetricRulebook({ calendars: [{ calendar: fridayOff, from }] });

    test("a new segment from the instant it is in force, without a fact", () => {
      expect(due(low, "first-response")).toBe(instantOf("2026-11-30T15:00:00Z"));
      expect(due(low, "first-response", edited(friday))).toBe(instantOf("2026-12-01T15:00:00Z"));
    });

    test("open time already counted stays counted", () => {
      expect(due(low, "first-response", edited(monday))).toBe(instantOf("2026-11-30T15:00:00Z"));
    });

    test("finished cycles are untouched", () => {
      const done = replied(low, hours(1));
      expect(due(done, "first-response", edited(friday))).toBe(instantOf("2026-11-30T15:00:00Z"));
    });

    test("a breach does not move", () => {
      const breached = woken(opened, hours(5));
      const open24 = { ...MAIN_HOURS, version: 2, week: {} };
      expect(
        due(breached, "first-response", everyMetricRulebook({ calendars: [{ calendar: open24, from: hours(1) }] })),
      ).toBe(hours(4));
    });
  });
});

row("policy edited", () => {
  const policy = everyMetricRulebook().policy;
  const shorter = {
    ...policy,
    version: 2,
    targets: policy.targets.map((rule) => (rule.id === "high" ? { ...rule, length: { minutes: 120 } } : rule)),
  };

  test("unfinished cycles get a new segment only if the edit says so", () => {
    expect(due(opened, "first-response", everyMetricRulebook({}, shorter))).toBe(hours(4));
    expect(due(opened, "first-response", everyMetricRulebook({ moves: [{ policy: shorter, from: hours(1) }] }))).toBe(
      hours(2),
    );
  });

  test("never due before the instant it is in force", () => {
    expect(due(opened, "first-response", everyMetricRulebook({ moves: [{ policy: shorter, from: hours(3) }] }))).toBe(
      hours(3),
    );
  });

  test("each segment names its version", () => {
    const rules = everyMetricRulebook({ moves: [{ policy: shorter, from: hours(1) }] }, shorter);
    const cycle = clock(opened, "first-response");
    expect(cycle && dueOf(rules, opened, cycle).governing).toMatchObject({ policyVersion: 2, combine: "move" });
    const later = openedCase({ requestedPriority: "high", receivedAt: hours(1.5) }, rules).case;
    expect(clock(later, "first-response")?.segments).toMatchObject([{ policyVersion: 2 }]);
    expect(due(later, "first-response", rules)).toBe(hours(3.5));
  });

  test("a move to day and night is of the last promise alone: one before it keeps its hours", () => {
    const low = openedCase({ requestedPriority: "medium" }, rulebook).case;
    const raised = stateAfter(low, changePriority(low, { to: "high" }, rulebook, hours(8), BY));
    const lowered = stateAfter(raised, changePriority(raised, { to: "medium" }, rulebook, hours(8.5), BY));
    const critical = stateAfter(lowered, changePriority(lowered, { to: "critical" }, rulebook, hours(9), BY));
    const always = { ...shorter, targets: shorter.targets.map((rule) => ({ ...rule, length: { minutes: 6_000 } })) };
    const rules = everyMetricRulebook({ moves: [{ policy: always, from: hours(9.5) }] });
    // The medium promise, a business day of main, goes on with main's hours: two of its twelve are left on Friday.
    expect(due(critical, "first-response", rules)).toBe(due(low, "first-response"));
  });

  test("a policy that promises nothing takes no promise back", () => {
    const nothing = { ...shorter, targets: shorter.targets.filter(({ id }) => id !== "high") };
    expect(due(opened, "first-response", everyMetricRulebook({ moves: [{ policy: nothing, from: hours(1) }] }))).toBe(
      hours(4),
    );
  });
});

row("warnings", () => {
  test("each at most once per cycle and due", () => {
    const warned = woken(opened, hours(3));
    expect(clock(warned, "first-response")).toMatchObject({ warnedPercent: 75, warnedAt: hours(3) });
    expect(wake(warned, rulebook, hours(3.5), BY)).toEqual({ refused: "not-due" });
  });

  test("percent of the target elapsed or open time left", () => {
    const warnings = [{ minutesLeft: 35 }, { percent: 50 }, { minutesLeft: 60 * 24 }];
    const rules = everyMetricRulebook({}, { targets: [{ ...policyOf("high"), warnings }] });
    const current = openedCase({ requestedPriority: "high" }, rules).case;
    const at = (ms: number) => plus(hours(4), ms);
    expect(wake(current, rules, plus(hours(2), -1), BY)).toEqual({ refused: "not-due" });
    expect(factsOf(wake(current, rules, hours(2), BY))).toMatchObject([{ percent: 50 }]);
    const warned = stateAfter(current, wake(current, rules, hours(2), BY));
    expect(wake(warned, rules, at(-35 * MINUTE_MS - 1), BY)).toEqual({ refused: "not-due" });
    expect(factsOf(wake(warned, rules, at(-35 * MINUTE_MS), BY))).toMatchObject([{ type: "ClockWarned" }]);
  });

  test("a clock that moves past several tells only the highest", () => {
    const critical = openedCase({ requestedPriority: "critical" }, rulebook).case;
    expect(factsOf(wake(critical, rulebook, hours(1.9), BY))).toMatchObject([{ percent: 75 }]);
  });

  test("a clock that starts past several tells only the highest", () => {
    const { case: late } = openedCase({ requestedPriority: "critical", receivedAt: hours(0) }, rulebook);
    const [started] = startClock(
      rulebook,
      "next-response",
      1,
      { to: late, team: "main", startedAt: hours(0) },
      hours(1.8),
      BY,
    );
    const current = started === undefined ? late : stateAfter(late, [started]);
    const warned = factsOf(wake(current, rulebook, hours(1.8), BY)).filter(({ type }) => type === "ClockWarned");
    expect(warned).toMatchObject([
      { metric: "first-response", percent: 75 },
      { metric: "next-response", percent: 75 },
    ]);
  });

  test("what was answered is warned of no more", () => {
    const answered = replied(opened, hours(1));
    const told = wake(answered, rulebook, hours(3.5), BY);
    expect(isRefused(told) ? [] : told.filter((fact) => "metric" in fact && fact.metric === "first-response")).toEqual(
      [],
    );
  });

  test("after a breach the due does not move, and nothing more is told", () => {
    const breached = woken(opened, hours(5));
    const raised = stateAfter(breached, changePriority(breached, { to: "critical" }, rulebook, hours(5.5), BY));
    expect(due(raised, "first-response")).toBe(hours(4));
    const told = factsOf(wake(raised, rulebook, hours(7.4), BY)).filter(
      (fact) => "metric" in fact && fact.metric === "first-response",
    );
    expect(told).toEqual([]);
  });

  test("a policy move that puts a threshold off warns anew when it is reached", () => {
    const warned = woken(opened, hours(3));
    const { policy } = rulebook;
    const longer = {
      ...policy,
      version: 2,
      targets: policy.targets.map((rule) => (rule.id === "high" ? { ...rule, length: { minutes: 480 } } : rule)),
    };
    const rules = everyMetricRulebook({ moves: [{ policy: longer, from: hours(3.5) }] });
    expect(wake(warned, rules, hours(5.9), BY)).toEqual({ refused: "not-due" });
    expect(factsOf(wake(warned, rules, hours(6), BY))).toMatchObject([
      { type: "ClockWarned", metric: "first-response", percent: 75, dueAt: hours(8) },
      { type: "ClockWarned", metric: "resolution" },
    ]);
  });

  test("a pause does not tell again what was told", () => {
    const warned = woken(woken(opened, hours(4.5)), hours(6));
    const resumed = withStatus(withStatus(warned, "waiting-on-fix", hours(7)), "open", hours(8));
    expect(due(resumed, "resolution")).toBe(hours(9));
    expect(wake(resumed, rulebook, hours(9), BY)).toEqual({ refused: "not-due" });
  });
});

row("breach instant", () => {
  test("the due instant itself; the instant at which it was noticed is recorded beside it", () => {
    expect(factsOf(wake(opened, rulebook, hours(6.5), BY))).toMatchObject([
      { type: "ClockBreached", dueAt: hours(4), at: hours(6.5) },
      { type: "ClockWarned", metric: "resolution" },
    ]);
    expect(typesOf(factsOf(wake(opened, rulebook, hours(4), BY)))).toEqual(["ClockWarned"]);
  });
});

row("how many breaches", () => {
  test("exactly one fact per case, metric and cycle", () => {
    const breached = woken(opened, hours(5));
    expect(typesOf(factsOf(reply(breached, "msg_a", rulebook, hours(6), BY)))).not.toContain("ClockBreached");
    expect(breached.breaches).toEqual([{ metric: "first-response", cycle: 1, dueAt: hours(4), waived: false }]);
  });
});

row("reopened", () => {
  const answered = replied(opened, hours(1));
  const resolved = stateAfter(answered, resolve(answered, undefined, rulebook, hours(2), BY));

  test("a reply within 14 days of resolving reopens, later it opens a linked case", () => {
    expect(takesMessages(resolved, rulebook, plus(hours(2), 14 * DAY_MS))).toBe(true);
    expect(takesMessages(resolved, rulebook, plus(hours(2), 14 * DAY_MS + 1))).toBe(false);
  });

  test("next-response begins a new cycle, also when nobody had ever answered", () => {
    expect(clock(wrote(resolved, hours(3)), "next-response")).toMatchObject({ number: 1, startedAt: hours(3) });
    const silent = stateAfter(opened, resolve(opened, undefined, rulebook, hours(1), BY));
    expect(clock(wrote(silent, hours(2)), "next-response")).toMatchObject({ startedAt: hours(2), dueAt: hours(6) });
  });

  test("resolution goes on, leaving out the time it was resolved", () => {
    const reopened = wrote(resolved, hours(5));
    expect(clock(reopened, "resolution")).toMatchObject({ pauses: [{ from: hours(2), until: hours(5) }] });
    expect(clock(reopened, "resolution")?.outcome).toBeUndefined();
    // Two of eight hours are gone, five more are left of Wednesday, and Friday is the next working day.
    expect(due(reopened, "resolution")).toBe(instantOf("2026-11-27T14:00:00Z"));
    expect(clock(reopened, "update")).toMatchObject({ number: 2, startedAt: hours(5) });
  });

  test("what was answered stays answered, and a case that nobody ever answered owes no update", () => {
    expect(typesOf(clocksOfReopened(resolved, rulebook, hours(5), BY))).toEqual(["ClockReopened", "ClockStarted"]);
    const silent = stateAfter(opened, resolve(opened, undefined, rulebook, hours(1), BY));
    expect(clocksOfReopened(silent, rulebook, hours(2), BY)).toMatchObject([
      { type: "ClockReopened", metric: "resolution", cycle: 1 },
    ]);
  });

  test("a resolution that was missed stays missed", () => {
    const late = stateAfter(answered, resolve(answered, undefined, rulebook, hours(9), BY));
    expect(clock(wrote(late, hours(9.5)), "resolution")).toMatchObject({ outcome: "missed" });
  });
});

row("split off", () => {
  test("the new case's clock starts when its message was received", () => {
    const { case: split } = openedCase({ requestedPriority: "high", receivedAt: hours(-2) }, rulebook);
    expect(clock(split, "first-response")?.startedAt).toBe(hours(-2));
  });
});

describe("a message that is split off", () => {
  const asked = wrote(replied(opened, hours(1)), hours(2));
  const followed = (current: Case, since: Instant | undefined, at = hours(5), rules = rulebook) =>
    stateAfter(current, followMessages(current, since, rules, at, BY));

  test("leaves the clock to the oldest message that remains and waits", () => {
    const twice = wrote(asked, hours(3));
    expect(due(twice, "next-response")).toBe(hours(6));
    const rest = followed(twice, hours(3));
    expect(clock(rest, "next-response")).toMatchObject({ number: 1, startedAt: hours(3), dueAt: hours(7) });
    expect(due(rest, "next-response")).toBe(hours(7));
  });

  test("ends the clock that nobody waits for any more, and does not start it again when a mark is taken back", () => {
    const rest = followed(asked, undefined);
    expect(clock(rest, "next-response")).toMatchObject({ outcome: "cancelled", cancelledBecause: "message-gone" });
    expect(clocksOfRestored(rest, rulebook, hours(6), BY)).toEqual([]);
    expect(clock(rest, "resolution")?.outcome).toBeUndefined();
  });

  test("was the first and processed late: the rest goes on from the second one alone", () => {
    const late = wrote(wrote(replied(opened, hours(1)), hours(2), hours(4)), hours(3), hours(4.5));
    expect(due(late, "next-response")).toBe(hours(6));
    expect(due(followed(late, hours(3)), "next-response")).toBe(hours(7));
  });

  test("changes nothing if it was a later one, or if nothing was waited for", () => {
    const twice = wrote(asked, hours(3));
    expect(followMessages(twice, hours(2), rulebook, hours(5), BY)).toEqual([]);
    expect(followMessages(replied(twice, hours(4), "msg_b"), undefined, rulebook, hours(5), BY)).toEqual([]);
  });

  test("takes no breach back", () => {
    const facts = followMessages(asked, hours(3), rulebook, hours(6.5), BY);
    expect(facts).toMatchObject([
      { type: "ClockBreached", metric: "update" },
      { type: "ClockBreached", metric: "next-response", dueAt: hours(6) },
    ]);
    const broken = stateAfter(asked, facts);
    expect(followMessages(broken, hours(3), rulebook, hours(7), BY)).toEqual([]);
    expect(followMessages(asked, undefined, rulebook, hours(6.5), BY)).toMatchObject([
      { type: "ClockBreached", metric: "update" },
      { type: "ClockBreached", metric: "next-response" },
      { type: "ClockCancelled", metric: "next-response", reason: "message-gone" },
    ]);
  });

  test("keeps what came after the message that remains: a raised priority, and another team", () => {
    const low = openedCase({ requestedPriority: "low" }, rulebook).case;
    const twice = wrote(wrote(replied(low, hours(1)), hours(2)), hours(3));
    const raised = stateAfter(twice, changePriority(twice, { to: "high" }, rulebook, hours(4), BY));
    expect(due(followed(raised, hours(3)), "next-response")).toBe(hours(8));
    const before = stateAfter(
      wrote(replied(low, hours(1)), hours(2)),
      changePriority(wrote(replied(low, hours(1)), hours(2)), { to: "high" }, rulebook, hours(2.5), BY),
    );
    expect(due(followed(wrote(before, hours(3)), hours(3)), "next-response")).toBe(hours(7));
    const away = stateAfter(raised, handOver(raised, { team: "au" }, rulebook, hours(4.5), BY));
    const rest = clock(followed(away, hours(3)), "next-response");
    expect(rest?.segments.map(({ combine, team }) => [combine, team])).toEqual([
      ["replace", "main"],
      ["earlier", "main"],
      ["carry", "au"],
    ]);
  });

  test("a lowered target counts from the message that remains", () => {
    const twice = wrote(asked, hours(3));
    const lowered = stateAfter(twice, changePriority(twice, { to: "medium" }, rulebook, hours(4), BY));
    const alone = wrote(replied(opened, hours(1)), hours(3));
    const expected = stateAfter(alone, changePriority(alone, { to: "medium" }, rulebook, hours(4), BY));
    expect(due(followed(lowered, hours(3)), "next-response")).toBe(due(expected, "next-response"));
  });

  test("an older message that came late and went again takes its promise with it", () => {
    const late = wrote(wrote(replied(opened, hours(1)), hours(4)), hours(2), hours(5));
    expect(due(late, "next-response")).toBe(hours(6));
    expect(due(followed(late, hours(4)), "next-response")).toBe(hours(8));
  });

  test("warns of the new due anew", () => {
    const warned = woken(wrote(asked, hours(3)), hours(5));
    expect(clock(warned, "next-response")?.warnedPercent).toBe(75);
    expect(clock(followed(warned, hours(3)), "next-response")?.warnedPercent).toBe(0);
  });
});

row("late truth", () => {
  test("a message processed hours after it was received is answered only by a reply written after it was on the case", () => {
    const answered = replied(replied(opened, hours(1)), hours(5), "msg_b");
    const late = wrote(answered, hours(2), hours(6));
    expect(clock(late, "next-response")).toMatchObject({ startedAt: hours(2), dueAt: hours(6) });
    expect(isRunning(clock(late, "next-response") ?? {})).toBe(true);
  });

  test("the hours in force when it was processed count for what lies before it, whatever was in force between", () => {
    const night = { ...MAIN_HOURS, version: 2, week: {} };
    const back = { ...MAIN_HOURS, version: 3 };
    const edits = [
      { calendar: night, from: hours(2) },
      { calendar: back, from: hours(3) },
    ];
    const rules = everyMetricRulebook({ calendars: edits }, {}, [back, AU_HOURS]);
    const [started] = startClock(
      rules,
      "next-response",
      1,
      { to: opened, team: "main", startedAt: hours(1) },
      hours(4),
      BY,
    );
    expect(started?.dueAt).toBe(hours(5));
  });

  test("an older message that comes late makes the promise start at it", () => {
    const asked = wrote(replied(opened, hours(1)), hours(4));
    const late = wrote(asked, hours(2), hours(5));
    expect(due(late, "next-response")).toBe(hours(6));
    expect(wrote(late, hours(3), hours(5.5)).clocks).toEqual(wrote(late, hours(5.5)).clocks);
  });
});

row("merged", () => {
  test("the survivor's clocks go on", () => {
    const other = { ...openedCase({ requestedPriority: "high" }, rulebook).case, id: "case_200000008" };
    const both = merge(opened, other, { messageIds: ["msg_1"], waiting: [] }, rulebook, hours(1), BY);
    if ("refused" in both) throw new Error(both.refused);
    expect(stateAfter(opened, both.first).clocks).toEqual(opened.clocks);
    expect(stateAfter(other, both.second).clocks).toMatchObject(
      opened.clocks.map(({ metric }) => ({ metric, outcome: "cancelled", cancelledBecause: "merged-away" })),
    );
  });

  test("the other's are cancelled with a reason, and go on when the merge is taken back", () => {
    const merged = stateAfter(opened, cancelClocks(opened, "merged-away", rulebook, hours(1), BY));
    const back = stateAfter(merged, clocksOfRestored(merged, rulebook, hours(3), BY));
    expect(due(back, "first-response")).toBe(hours(6));
    expect(back.clocks.every((cycle) => isRunning(cycle))).toBe(true);
  });
});

describe("a mark that is taken back", () => {
  const restored = (current: Case, at: Instant) => {
    const back = stateAfter(current, clocksOfRestored(current, rulebook, at, BY));
    return withStatus(back, "open", at);
  };

  test.each(["spam", "false-alarm", "merged-away"] as const)(
    "as %s lets the clock go on without the time between",
    (why) => {
      const cancelled = stateAfter(opened, cancelClocks(opened, why, rulebook, hours(1), BY));
      expect(due(restored(cancelled, hours(3)), "first-response")).toBe(hours(6));
    },
  );

  test("lets a clock that stood before go on without all that time", () => {
    const waiting = withStatus(opened, "waiting-on-fix", hours(2));
    const cancelled = stateAfter(waiting, cancelClocks(waiting, "spam", rulebook, hours(3), BY));
    expect(clock(restored(cancelled, hours(5)), "resolution")?.pauses).toEqual([{ from: hours(2), until: hours(5) }]);
  });

  test("does not make a broken promise a running one", () => {
    const broken = woken(opened, hours(4.5));
    const cancelled = stateAfter(broken, cancelClocks(broken, "spam", rulebook, hours(5), BY));
    expect(clocksOfRestored(cancelled, rulebook, hours(6), BY)).toMatchObject([
      { type: "ClockReopened", metric: "resolution" },
    ]);
  });

  test("lets go on what it cancelled, and not what a silent resolution had cancelled before", () => {
    const silent = stateAfter(opened, resolve(opened, undefined, rulebook, hours(1), BY));
    const asked = wrote(silent, hours(2));
    const spam = stateAfter(asked, cancelClocks(asked, "spam", rulebook, hours(2.5), BY));
    const back = stateAfter(spam, clocksOfRestored(spam, rulebook, hours(3), BY));
    expect(clock(back, "first-response")).toMatchObject({
      outcome: "cancelled",
      cancelledBecause: "resolved-silently",
    });
    expect(clock(back, "next-response")?.outcome).toBeUndefined();
    expect(due(back, "next-response")).toBe(hours(6.5));
    expect(clock(back, "resolution")?.cancelledBecause).toBeUndefined();
  });
});

row("waiver", () => {
  const breached = woken(opened, hours(5));
  const excuse = (current: Case, change: Partial<Parameters<typeof waive>[1]> = {}) =>
    waive(current, { metric: "first-response", reasonId: "msg_why", ...change }, hours(6), BY);

  test("a person may excuse a breach with a reason: the fact does not change", () => {
    const facts = factsOf(excuse(breached));
    expect(facts).toMatchObject([{ type: "ClockWaived", metric: "first-response", cycle: 1, reasonId: "msg_why" }]);
    const waived = stateAfter(breached, facts);
    expect(waived.breaches).toEqual([{ metric: "first-response", cycle: 1, dueAt: hours(4), waived: true }]);
    expect(clock(waived, "first-response")).toEqual(clock(breached, "first-response"));
  });

  test("of several broken ones the last is meant, unless it is named", () => {
    const [first] = breached.breaches ?? [];
    if (first === undefined) throw new Error("no breach");
    const twice = { ...breached, breaches: [first, { ...first, cycle: 2 }] };
    expect(excuse(twice)).toMatchObject([{ cycle: 2 }]);
    expect(excuse(twice, { cycle: 1 })).toMatchObject([{ cycle: 1 }]);
  });

  test.each([
    ["without a reason", breached, { reasonId: undefined }, "reason-needed"],
    ["of a metric that was kept", breached, { metric: "resolution" as const }, "not-breached"],
    ["of a cycle that was kept", breached, { cycle: 2 }, "not-breached"],
    ["of a cycle before the first", breached, { cycle: 0 }, "not-breached"],
    ["of one that runs", opened, {}, "not-breached"],
    ["a second time", stateAfter(breached, excuse(breached)), {}, "already-waived"],
  ])("%s it is refused", (_what, current, change, refused) => {
    expect(excuse(current, change)).toEqual({ refused });
  });
});

row("attainment", () => {
  const handedOver = (current: Case, at: Instant) => handOver(current, { team: "au" }, rulebook, at, BY);
  const first = (...appends: (readonly Fact[])[]) =>
    countedCycles([openedCase({ requestedPriority: "high" }, rulebook).facts, ...appends], opened.id).find(
      ({ metric }) => metric === "first-response",
    );

  test("the team that owned the case when the cycle ended", () => {
    const over = factsOf(handedOver(opened, hours(1)));
    const answered = factsOf(reply(stateAfter(opened, over), "msg_a", rulebook, hours(2), BY));
    expect(first(over, answered)).toMatchObject({ outcome: "met", team: "au", priority: "high", package: "standard" });
    const later = replied(opened, hours(2));
    expect(
      first(factsOf(reply(opened, "msg_a", rulebook, hours(2), BY)), factsOf(handedOver(later, hours(3)))),
    ).toMatchObject({
      outcome: "met",
      team: "main",
    });
  });

  test("or when it was due, if that came first", () => {
    const over = factsOf(handedOver(opened, hours(5)));
    const answered = factsOf(reply(stateAfter(opened, over), "msg_a", rulebook, hours(6), BY));
    expect(first(over, answered)).toMatchObject({ outcome: "breached", team: "main", at: hours(4) });
  });

  test("percent of cycles, not of cases", () => {
    const answered = replied(opened, hours(1));
    const message = { messageId: "msg_c", channel: "portal", personId: "person_jo", automatic: false };
    const asking = receiveMessage(answered, { ...message, receivedAt: hours(2) }, rulebook, hours(2), BY);
    const late = reply(stateAfter(answered, asking), "msg_b", rulebook, hours(7), BY);
    const appends = [
      openedCase({ requestedPriority: "high" }, rulebook).facts,
      factsOf(reply(opened, "msg_a", rulebook, hours(1), BY)),
      asking,
      factsOf(late),
    ];
    const counter = countAttainment({ from: "2026-11", to: "2026-11", by: ["metric"] }, () => "2026-11");
    counter.add(countedCycles(appends, opened.id));
    expect(counter.report()).toMatchObject({
      cases: 1,
      rows: [
        { of: ["first-response"], met: 1, breached: 0 },
        { of: ["next-response"], met: 0, breached: 1 },
        { of: ["update"], met: 0, breached: 1 },
      ],
      total: { met: 1, breached: 2, percentMet: 33.3 },
    });
  });

  test("an end says its due as it was then", () => {
    const facts = factsOf(reply(opened, "msg_a", rulebook, hours(1), BY));
    expect(facts.find((fact) => fact.type === "ClockStopped")).toMatchObject({ dueAt: hours(4), outcome: "met" });
    const late = factsOf(reply(opened, "msg_a", rulebook, hours(5), BY));
    expect(late.find((fact) => fact.type === "ClockStopped")).toMatchObject({ dueAt: hours(4), outcome: "missed" });
  });
});

test("each row of the table of decisions is told here", () => {
  expect([...asked].toSorted()).toEqual(Object.keys(SLA_DECISIONS).toSorted());
});
