import { describe, expect, test } from "vitest";
import { reply } from "../case/answer.ts";
import type { Case } from "../case/case.ts";
import type { Decision } from "../case/decision.ts";
import { escalate } from "../case/escalate.ts";
import { project } from "../case/projection.ts";
import { take } from "../case/take.ts";
import { wake } from "../case/wake.ts";
import { BY, factsOf, openedCase, stateAfter, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, instantOf, plus } from "../time/instant.ts";
import { ARMED_AHEAD_MS, owedBy } from "./owed-by.ts";

const rulebook = exampleRulebook();
const hours = (n: number) => plus(WEDNESDAY_10_NY, n * HOUR_MS);

function owedAtOpening(change: Parameters<typeof openedCase>[0] = {}, book: typeof rulebook | undefined = rulebook) {
  const { facts, case: next } = openedCase(change, book);
  return owedBy({ facts, next, projection: project(next, book), wakeAtBefore: undefined }, next.openedAt);
}

function owedAfter(current: Case, decision: Decision, now: Instant) {
  const next = stateAfter(current, decision);
  const wakeAtBefore = project(current, rulebook).wakeAt;
  return owedBy({ facts: factsOf(decision), next, projection: project(next, rulebook), wakeAtBefore }, now);
}

describe("what a new case owes", () => {
  test("an acknowledgement to its requester and a timer", () => {
    expect(owedAtOpening({ requestedPriority: "high" })).toMatchObject([
      {
        id: "case_100000009.1.0",
        status: "pending",
        owed: { kind: "mail", template: "acknowledgement", to: { kind: "person", personId: "person_jo" } },
      },
      { id: "case_100000009.1.1", status: "pending", owed: { kind: "timer", wakeAt: hours(3) } },
    ]);
  });

  test("no timer yet when it is to be woken after the next sweep", () => {
    const owed = owedAtOpening({ requestedPriority: "low" });
    expect(project(openedCase({ requestedPriority: "low" }).case, rulebook).wakeAt).toBeGreaterThan(
      WEDNESDAY_10_NY + ARMED_AHEAD_MS,
    );
    expect(owed.map((effect) => effect.owed.kind)).toEqual(["mail"]);
  });

  test("automatic mail is never answered automatically: abandoned at once, with the reason", () => {
    expect(owedAtOpening({ automatic: true })[0]).toMatchObject({ status: "abandoned", reason: "automatic-mail" });
  });

  test("triage, when it could not be decided", () => {
    const { facts, case: next } = openedCase({}, exampleRulebook({ routing: [] }));
    const owed = owedBy({ facts, next, projection: project(next, rulebook), wakeAtBefore: undefined }, next.openedAt);
    expect(owed.map((effect) => effect.owed.kind)).toEqual(["mail", "triage"]);
  });

  const saturday = instantOf("2026-11-28T12:00:00Z");
  test.each([
    [true, { status: "pending" }],
    [false, { status: "abandoned", reason: "sender-not-verified" }],
  ])("critical with nobody open pages on-call: sender verified %s", (senderVerified, outcome) => {
    const owed = owedAtOpening({ receivedAt: saturday, requestedPriority: "critical", senderVerified });
    const page = owed.find((effect) => effect.owed.kind === "mail" && effect.owed.template === "on-call-page");
    expect(page).toMatchObject({ ...outcome, owed: { to: { kind: "on-call", team: "main" } } });
  });
});

describe("what a broken promise owes", () => {
  const { case: opened } = openedCase({ requestedPriority: "high" });
  const mine = stateAfter(opened, take(opened, "prin_ann", hours(0), BY));

  test("a warning to the lead, or to whoever has the case, and the timer for the breach", () => {
    const warned = (current: Case) => owedAfter(current, wake(current, rulebook, hours(3), BY), hours(3));
    expect(warned(opened)).toMatchObject([
      { owed: { template: "warning", to: { kind: "team-lead", team: "main" }, percent: 75, dueAt: hours(4) } },
      { owed: { kind: "timer", wakeAt: hours(4) + 1 } },
    ]);
    expect(warned(mine)[0]).toMatchObject({ owed: { to: { kind: "agent", principalId: "prin_ann" } } });
  });

  test("the breach owes its escalation and a notice, and no timer", () => {
    const owed = owedAfter(opened, wake(opened, rulebook, hours(4.5), BY), hours(4.5));
    expect(owed.map((effect) => effect.owed)).toMatchObject([
      { kind: "escalation", fromTier: 1 },
      { kind: "mail", template: "breach" },
    ]);
  });

  test("the escalation tells the lead and the assignee, each once", () => {
    const breached = stateAfter(mine, wake(mine, rulebook, hours(4.5), BY));
    const owed = owedAfter(breached, escalate(breached, { fromTier: 1 }, rulebook.policy, hours(4.6), BY), hours(4.6));
    expect(owed.map((effect) => effect.owed)).toMatchObject([
      { template: "escalation", to: { kind: "team-lead" } },
      { template: "escalation", to: { kind: "agent", principalId: "prin_ann" } },
    ]);
  });
});

describe("what combining cases owes", () => {
  const { case: opened } = openedCase({ requestedPriority: "high" });
  const into = {
    type: "CaseMergedAway",
    at: hours(1),
    by: BY,
    intoCaseId: "case_100000017",
    statusBefore: "new",
  } as const;
  const mails = (current: Case, decision: Decision) =>
    owedAfter(current, decision, hours(1)).filter((effect) => effect.owed.kind === "mail");

  test("a merge owes no mail unless it is to be told", () => {
    expect(mails(opened, [into])).toEqual([]);
    expect(mails(opened, [{ ...into, notify: true }])).toMatchObject([
      {
        status: "pending",
        owed: {
          template: "merged",
          to: { kind: "person", personId: opened.requesterId },
          otherCaseId: "case_100000017",
        },
      },
    ]);
  });

  test("a machine is told nothing", () => {
    expect(mails(opened, [{ ...into, notify: true, automatic: true }])).toMatchObject([
      { status: "abandoned", reason: "automatic-mail" },
    ]);
  });

  test.each([
    ["a person's message", false, { status: "pending" }],
    ["a machine's message", true, { status: "abandoned", reason: "automatic-mail" }],
  ])("a split of %s owes its mail, and no acknowledgement", (_what, automatic, outcome) => {
    const link = { link: "split-from", caseId: "case_100000017" } as const;
    const sent = (notify: boolean) =>
      owedAtOpening({ automatic, link: { ...link, ...(notify && { notify }) } }).filter(
        (effect) => effect.owed.kind === "mail",
      );
    expect(sent(false)).toEqual([]);
    expect(sent(true)).toMatchObject([{ ...outcome, owed: { template: "split", otherCaseId: "case_100000017" } }]);
  });
});

describe("what an answer owes", () => {
  test("its mail, and no timer", () => {
    const { case: opened } = openedCase({ requestedPriority: "high" });
    const ann = { kind: "agent", id: "prin_ann" } as const;
    const owed = owedAfter(opened, reply(opened, "msg_2", rulebook, hours(1), ann), hours(1));
    expect(owed.map((effect) => effect.owed)).toMatchObject([
      { template: "reply", messageId: "msg_2", by: "prin_ann" },
    ]);
  });
});
