import { type Actor, type FactOf, instantOf, receiveMessage, reply, resolve, toIso } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import {
  AGENT,
  namedBy,
  openReactionDesk,
  REQUESTER,
  type ReactionDesk,
  type Ticket,
} from "../fixtures/reaction-desk.ts";
import { triageCase } from "./triage-case.ts";

const OPENED = "2026-06-10T14:00:00Z";
const BY: Actor = { kind: "agent", id: AGENT };

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
});

async function untriaged(ticket: Ticket = {}): Promise<string> {
  return await desk.open({ requestedPriority: "high", untriaged: true, ...ticket });
}

async function triageIt(caseId: string, ports: ReactionDesk = desk): Promise<void> {
  await triageCase(namedBy(await desk.effectOf(caseId, "triage")), ports);
}

async function clockOf(caseId: string): Promise<FactOf<"ClockStarted">> {
  const appends = await desk.cases.facts(caseId, 0, 500);
  const started = appends.flatMap(({ facts }) => facts).filter((fact) => fact.type === "ClockStarted");
  const [only] = started;
  if (only === undefined || started.length > 1) throw new Error(`${started.length} clocks were started`);
  return only;
}

describe("when a case was opened without triage", () => {
  test("it gets priority, team and a clock that began when the message was received", async () => {
    const caseId = await untriaged();
    desk.moveTo("2026-06-10T15:30:00Z");
    await triageIt(caseId);
    const current = await desk.cases.read(caseId);
    expect(current).toMatchObject({ priority: "high", team: "main", triageOwed: false });
    const clock = await clockOf(caseId);
    expect([toIso(clock.startedAt), toIso(clock.dueAt)]).toEqual([
      "2026-06-10T14:00:00.000Z",
      "2026-06-10T18:00:00.000Z",
    ]);
    expect(await desk.effectOf(caseId, "triage")).toMatchObject({ status: "done" });
    expect(await desk.effectsOf(caseId, "timer")).toHaveLength(1);
  });

  test("the subject of its message counts", async () => {
    const caseId = await untriaged({ channel: "email", subject: "Re: Critical", requestedPriority: "low" });
    await triageIt(caseId);
    expect(await desk.cases.read(caseId)).toMatchObject({ priority: "critical" });
  });

  test.each([
    ["emergency-line", "pending"],
    ["email", "abandoned"],
  ])("a stranger's critical message on %s, with nobody open: the page is %s", async (channel, status) => {
    desk.moveTo("2026-06-13T12:00:00Z");
    const stranger = { senderVerified: false, mayPage: false };
    const caseId = await untriaged({ channel, subject: "Critical", ...stranger });
    await triageIt(caseId);
    expect(await desk.cases.read(caseId)).toMatchObject({ priority: "critical" });
    const mails = await desk.effectsOf(caseId, "mail");
    const pages = mails.filter(({ owed }) => owed.kind === "mail" && owed.template === "on-call-page");
    expect(pages.map((page) => page.status)).toEqual([status]);
  });

  test("told twice, one after the other or at once, it is triaged once", async () => {
    const caseId = await untriaged();
    await Promise.all([triageIt(caseId), triageIt(caseId)]);
    await triageIt(caseId);
    expect((await clockOf(caseId)).cycle).toBe(1);
  });

  test("a crash before the record is made good", async () => {
    const caseId = await untriaged();
    const crashing = { ...desk, effects: { ...desk.effects, end: () => Promise.reject(new Error("crashed")) } };
    await expect(triageIt(caseId, crashing)).rejects.toThrow("crashed");
    await triageIt(caseId);
    expect((await clockOf(caseId)).at).toBe(instantOf(OPENED));
    expect(await desk.effectOf(caseId, "triage")).toMatchObject({ status: "done" });
  });

  test("as long as no policy can be read it fails and stays owed", async () => {
    const caseId = await untriaged();
    const failing = {
      ...desk,
      cases: { ...desk.cases, change: () => Promise.reject(new Error("no policy can be read")) },
    };
    await expect(triageIt(caseId, failing)).rejects.toThrow("no policy");
    expect(await desk.effectOf(caseId, "triage")).toMatchObject({ status: "pending" });
  });

  test("one that was resolved meanwhile gets no clock that runs", async () => {
    const caseId = await untriaged();
    await desk.cases.change(caseId, (current, rulebook, now) => resolve(current, undefined, rulebook, now, BY));
    desk.moveTo("2026-06-10T22:00:00Z");
    await triageIt(caseId);
    const current = await desk.cases.read(caseId);
    expect(current).toMatchObject({ status: "resolved", priority: "high", team: "main", triageOwed: false });
    expect(current?.clocks.map(({ metric, outcome }) => [metric, outcome])).toEqual([["first-response", "cancelled"]]);
    expect(current?.breaches ?? []).toEqual([]);
    expect((await desk.cases.readWithProjection(caseId))?.projection.wakeAt).toBeUndefined();
  });

  test("what the customer asked after an answer has a clock, from when its oldest message was received", async () => {
    const caseId = await untriaged();
    await desk.cases.change(caseId, (current, rulebook, now) => reply(current, "msg_answer", rulebook, now, BY));
    for (const [at, messageId] of [
      ["2026-06-10T15:00:00Z", "msg_why"],
      ["2026-06-10T15:10:00Z", "msg_hello"],
    ] as const) {
      desk.moveTo(at);
      const joining = { messageId, channel: "portal", personId: REQUESTER, receivedAt: desk.clock(), automatic: false };
      await desk.cases.change(caseId, (current, rulebook, now) => receiveMessage(current, joining, rulebook, now, BY));
    }
    desk.moveTo("2026-06-10T15:30:00Z");
    await triageIt(caseId);
    const clock = await clockOf(caseId);
    expect([clock.metric, toIso(clock.startedAt)]).toEqual(["next-response", "2026-06-10T15:00:00.000Z"]);
  });

  test("an erased message leaves what the case itself knows", async () => {
    const caseId = await untriaged();
    const erased = { ...desk, messages: { ...desk.messages, read: () => Promise.resolve([]) } };
    await triageIt(caseId, erased);
    expect(toIso((await clockOf(caseId)).startedAt)).toBe("2026-06-10T14:00:00.000Z");
  });
});
