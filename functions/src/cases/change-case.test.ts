import { DAY_MS, HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let path: { number: string };
let caseId: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const { body } = await routes["send-message"]({
    as: "cleo",
    body: { channel: "portal", channelMessageId: "1", subject: "Help", text: "Help!", requestedPriority: "medium" },
  });
  path = { number: body.number };
  caseId = body.caseId;
});

const VERSION_1 = { "if-match": '"1"' };

async function factTypes(): Promise<string[]> {
  const recorded = await desk.store.cases.facts(caseId, 1, 100);
  return recorded.flatMap(({ facts }) => facts.map(({ type }) => type));
}

async function owedSince(version: number) {
  const owed = await desk.store.effects.ofCase(caseId, 100);
  return owed.filter((effect) => effect.version > version).map((effect) => effect.owed);
}

describe("when an agent replies", () => {
  test("the clock stops as met, the words are kept, and a mail to the customer is owed", async () => {
    const { status, headers, body } = await routes["write-reply"]({
      as: "ana",
      path,
      headers: VERSION_1,
      body: { text: "Try again." },
    });

    expect(status).toBe(201);
    expect(headers.etag).toBe('"2"');
    expect(body.case).toMatchObject({ number: path.number, version: 2, status: "open" });
    expect(body.case.dueAt).toBeUndefined();
    expect(await factTypes()).toEqual(["ReplyWritten", "ClockStopped"]);
    expect(await owedSince(1)).toMatchObject([
      { kind: "mail", template: "reply", to: { personId: "person_cleo" }, messageId: body.messageId },
    ]);
    const [message] = await desk.store.messages.read([body.messageId]);
    expect(message).toMatchObject({ text: "Try again.", direction: "outbound", by: { kind: "agent", id: "prin_ana" } });
  });

  test("after the due, the breach is recorded first and the clock stops as missed", async () => {
    desk.moveOn(DAY_MS + 1);
    await routes["write-reply"]({ as: "ana", path, headers: VERSION_1, body: { text: "Sorry." } });
    const current = await desk.store.cases.read(caseId);
    expect(await factTypes()).toEqual(["ReplyWritten", "ClockBreached", "ClockStopped"]);
    expect(current?.clocks).toMatchObject([{ outcome: "missed" }]);
  });
});

describe("when an agent leaves a note", () => {
  test("the clock runs on and nobody is written to", async () => {
    const { body } = await routes["write-note"]({ as: "ana", path, headers: VERSION_1, body: { text: "Odd." } });
    expect(body.case.dueAt).toBe("2026-11-19T15:00:00.000Z");
    expect(await factTypes()).toEqual(["NoteWritten"]);
    expect(await owedSince(1)).toEqual([]);
  });

  test("of a call that connected, the clock stops as met; the customer neither sees the note nor is written to", async () => {
    const body = { text: "Talked her through it.", connectedCall: true };
    const answer = await routes["write-note"]({ as: "ana", path, headers: VERSION_1, body });
    expect([answer.status, answer.body.case.dueAt]).toEqual([201, undefined]);
    expect(await factTypes()).toEqual(["CallConnected", "ClockStopped"]);
    expect(await owedSince(1)).toEqual([]);
    const shown = async (as: "ana" | "cleo") => (await routes["read-case"]({ as, path })).body.messages;
    expect((await shown("ana")).at(-1)).toMatchObject({ direction: "internal", text: body.text });
    expect(await shown("cleo")).toHaveLength(1);
  });
});

describe("when an agent takes a case", () => {
  test("it is theirs", async () => {
    const answer = await routes["take-case"]({ as: "ana", path, headers: VERSION_1, body: { assignee: "me" } });
    expect(answer).toMatchObject({ status: 200, body: { case: { assigneeId: "prin_ana", status: "open" } } });
  });

  test("a second time is refused", async () => {
    await routes["take-case"]({ as: "ana", path, headers: VERSION_1, body: { assignee: "me" } });
    const again = await routes["take-case"]({
      as: "ana",
      path,
      headers: { "if-match": '"2"' },
      body: { assignee: "me" },
    });
    expect(again).toMatchObject({ status: 409, body: { type: "urn:ithaca:problem:already-assigned" } });
  });
});

describe("when an agent changes the priority", () => {
  test("up, the due moves to the earlier one, and its timer is owed", async () => {
    desk.moveOn(HOUR_MS);
    const { body } = await routes["change-priority"]({
      as: "ana",
      path,
      headers: VERSION_1,
      body: { priority: "critical", reason: "All users are out." },
    });
    expect(body.case).toMatchObject({
      priority: "critical",
      requestedPriority: "medium",
      dueAt: "2026-11-18T18:00:00.000Z",
    });
    expect(await owedSince(1)).toMatchObject([{ kind: "timer", wakeAt: Date.parse("2026-11-18T17:00:00.000Z") }]);
  });

  test.each([
    ["the same one", "medium", 409, "same-priority"],
    ["one that the policy does not have", "urgent", 422, "unknown-priority"],
  ])("to %s is refused and changes nothing", async (_, priority, status, problem) => {
    const stored = await desk.everything();
    const answer = await routes["change-priority"]({ as: "ana", path, headers: VERSION_1, body: { priority } });
    expect(answer).toMatchObject({ status, body: { type: `urn:ithaca:problem:${problem}` } });
    expect(await desk.everything()).toBe(stored);
  });
});

describe("when an agent resolves a case", () => {
  test("with words, they are the response", async () => {
    const { status, body } = await routes["resolve-case"]({
      as: "ana",
      path,
      headers: VERSION_1,
      body: { text: "Done." },
    });
    expect(status).toBe(200);
    expect(body.case.status).toBe("resolved");
    expect(await factTypes()).toEqual(["ReplyWritten", "ClockStopped", "CaseResolved"]);
    expect(await desk.store.messages.read([body.messageId])).toMatchObject([{ text: "Done." }]);
  });

  test("silently, the clock is cancelled and nobody is written to", async () => {
    const { body } = await routes["resolve-case"]({ as: "ana", path, headers: VERSION_1, body: {} });
    expect(body.messageId).toBeUndefined();
    expect(await factTypes()).toEqual(["ClockCancelled", "CaseResolved"]);
    expect(await owedSince(1)).toEqual([]);
  });

  test("it takes no second resolution", async () => {
    await routes["resolve-case"]({ as: "ana", path, headers: VERSION_1, body: {} });
    const again = await routes["resolve-case"]({ as: "ana", path, headers: { "if-match": '"2"' }, body: {} });
    expect(again).toMatchObject({ status: 409, body: { type: "urn:ithaca:problem:not-open" } });
  });
});

describe("when a change is sent again under its key", () => {
  const headers = { ...VERSION_1, "idempotency-key": "k-1" };

  test("it is answered as done, though the version has moved on, and done once", async () => {
    const first = await routes["write-reply"]({ as: "ana", path, headers, body: { text: "Once." } });
    desk.moveOn(MINUTE_MS);
    const again = await routes["write-reply"]({ as: "ana", path, headers, body: { text: "Once." } });

    expect(again).toMatchObject({ status: 201, body: { messageId: first.body.messageId } });
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
    expect(await factTypes()).toEqual(["ReplyWritten", "ClockStopped"]);
  });

  test("with other words it is refused", async () => {
    await routes["write-reply"]({ as: "ana", path, headers, body: { text: "Once." } });
    const again = await routes["write-reply"]({ as: "ana", path, headers, body: { text: "Twice." } });
    expect(again).toMatchObject({ status: 422, body: { type: "urn:ithaca:problem:key-reused" } });
  });

  test("as another command it is refused", async () => {
    await routes["write-reply"]({ as: "ana", path, headers, body: { text: "Once." } });
    const again = await routes["write-note"]({ as: "ana", path, headers, body: { text: "Once." } });
    expect(again).toMatchObject({ status: 422, body: { type: "urn:ithaca:problem:key-reused" } });
  });
});

describe("when the case has changed since it was read", () => {
  test("nothing is written, and the answer says what happened", async () => {
    await routes["write-note"]({ as: "ana", path, headers: VERSION_1, body: { text: "First." } });
    await routes["take-case"]({ as: "ana", path, headers: { "if-match": '"2"' }, body: { assignee: "me" } });
    const stored = await desk.everything();
    const { status, body } = await routes["write-reply"]({
      as: "ana",
      path,
      headers: VERSION_1,
      body: { text: "Late." },
    });

    expect(status).toBe(412);
    expect(body).toMatchObject({
      type: "urn:ithaca:problem:stale",
      currentVersion: 3,
      changed: ["NoteWritten", "CaseTaken"],
    });
    expect(await desk.everything()).toBe(stored);
  });
});
