import { DAY_MS, HOUR_MS, system, wake } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Response } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let number: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  number = await open("Printer");
});

async function open(subject: string): Promise<string> {
  const body = { channel: "portal", channelMessageId: subject, subject, text: "Help!", requestedPriority: "high" };
  return (await routes["send-message"]({ as: "cleo", body })).body.number;
}

type ChangeId = Exclude<keyof typeof routes, "send-message">;

/** A change as an agent makes it who has just read the case. */
async function change(id: ChangeId, body?: object, path: Record<string, string> = {}): Promise<Response> {
  const { headers } = await routes["read-case"]({ as: "ana", path: { number } });
  const asked = { as: "ana", path: { number, ...path }, headers: { "if-match": String(headers.etag) } } as const;
  return routes[id]({ ...asked, ...(body !== undefined && { body }) });
}

async function seen(as: "ana" | "cleo" | "clive" | "hugo" = "ana") {
  return (await routes["read-case"]({ as, path: { number } })).body;
}

async function lastFacts(): Promise<string[]> {
  const { facts, version } = await seen();
  return facts.flatMap((fact: { type: string; version: number }) => (fact.version === version ? [fact.type] : []));
}

/** Asserts a problem, and which fields it names. */
async function expectRefused(answer: Promise<Response>, status: number, code: string, ...paths: string[]) {
  const { body, ...rest } = await answer;
  expect({ ...rest, body }).toMatchObject({ status, body: { type: `urn:ithaca:problem:${code}` } });
  expect((body.errors ?? []).map(({ path }: { path: string }) => path)).toEqual(paths);
}

describe("when a case is given to somebody", () => {
  test("to an agent, to oneself and to nobody", async () => {
    await desk.store.directory.putPrincipal({
      kind: "agent",
      id: "prin_mia",
      name: "Mia",
      address: "mia@desk.example",
      role: "lead",
      teams: ["main"],
    });
    expect((await change("take-case", { assignee: "prin_mia" })).body.case).toMatchObject({
      assigneeId: "prin_mia",
      status: "open",
    });
    expect((await change("take-case", { assignee: "me" })).body.case.assigneeId).toBe("prin_ana");
    expect((await change("take-case", { assignee: "nobody" })).body.case.assigneeId).toBeUndefined();
    await expectRefused(change("take-case", { assignee: "nobody" }), 409, "not-assigned");
    await expectRefused(change("take-case", { assignee: "prin_cleo" }), 422, "unknown-agent", "assignee");
    await expectRefused(change("take-case", { assignee: "prin_absent" }), 422, "unknown-agent", "assignee");
  });

  test("to another team, it is nobody's there and its clock runs on that team's hours", async () => {
    await change("take-case", { assignee: "me" });
    const before = await seen();
    const { body } = await change("change-team", { team: "au", reason: "They are in Sydney." });
    expect(body.case).toMatchObject({ team: "au" });
    expect(body.case.assigneeId).toBeUndefined();
    expect(await lastFacts()).toEqual(["CaseHandedOver", "ClockRetargeted", "CaseReleased"]);
    expect(body.case.dueAt).not.toBe(before.dueAt);
    await expectRefused(change("change-team", { team: "night" }), 422, "unknown-team", "team");
    await expectRefused(change("change-team", { team: "au" }), 409, "already-assigned");
  });

  test("collaborators are agents, and the list is what it is set to", async () => {
    await change("change-collaborators", { collaborators: ["prin_ana"] });
    expect((await seen()).collaborators).toEqual(["prin_ana"]);
    expect((await seen("cleo")).collaborators).toBeUndefined();
    await expectRefused(
      change("change-collaborators", { collaborators: ["prin_ana", "prin_cleo"] }),
      422,
      "unknown-agent",
      "collaborators.1",
    );
    await change("change-collaborators", { collaborators: [] });
    expect((await seen()).collaborators).toEqual([]);
  });
});

describe("when a case waits", () => {
  test("for the customer, it is listed as waiting until they write", async () => {
    await change("change-status", { status: "waiting-on-customer" });
    const { body: waiting } = await routes["list-cases"]({ as: "ana", query: { view: "waiting" } });
    expect(waiting.items.map((one: { number: string }) => one.number)).toEqual([number]);

    const body = { channel: "portal", channelMessageId: "2", text: "Here it is.", caseNumber: number };
    await routes["send-message"]({ as: "cleo", body });
    expect(await seen()).toMatchObject({ status: "open" });
  });

  test("until an instant, it goes on by itself then", async () => {
    const until = "2026-11-18T15:30:00.000Z";
    await change("change-status", { status: "waiting-until", until });
    expect(await seen()).toMatchObject({ status: "waiting-until", waitsUntil: until });
    const stored = await desk.store.cases.readWithProjection(`case_${number}`);
    expect(stored?.projection.wakeAt).toBe(Date.parse(until));

    desk.moveOn(HOUR_MS);
    await desk.store.cases.change(`case_${number}`, (current, rulebook, now) =>
      wake(current, rulebook, now, system("wake-case")),
    );
    expect(await seen()).toMatchObject({ status: "open" });
    expect((await seen()).waitsUntil).toBeUndefined();
  });

  test("a status that the policy does not have is refused, and named", async () => {
    await expectRefused(change("change-status", { status: "with-vendor" }), 422, "unknown-status", "status");
    await expectRefused(change("change-status", { status: "resolved" }), 422, "unknown-status", "status");
    await expectRefused(change("resolve-case", { status: "with-vendor" }), 422, "unknown-status", "status");
  });

  test("an instant that has passed is refused, and so is the status that it has", async () => {
    await expectRefused(
      change("change-status", { status: "waiting-until", until: "2026-11-18T14:00:00Z" }),
      422,
      "not-ahead",
      "until",
    );
    await change("change-status", { status: "waiting-on-fix" });
    await expectRefused(change("change-status", { status: "waiting-on-fix" }), 409, "same-status");
  });

  test("a breach that has happened is recorded before the case waits", async () => {
    desk.moveOn(DAY_MS);
    await change("change-status", { status: "waiting-on-customer" });
    expect(await lastFacts()).toEqual(["ClockBreached", "StatusChanged"]);
  });
});

describe("when a resolved case is opened again", () => {
  test("it is open, and what is closed stays closed", async () => {
    await change("resolve-case", { text: "Fixed." });
    await expectRefused(change("change-status", { status: "waiting-on-fix" }), 409, "not-open");
    await change("change-status", { status: "open" });
    const { status, resolvedAt } = await seen();
    expect([status, resolvedAt]).toEqual(["open", undefined]);
    await change("change-marks", { marks: ["spam"] });
    await expectRefused(change("change-status", { status: "open" }), 409, "not-open");
  });
});

describe("when a case is marked", () => {
  test("as spam its clocks are cancelled and it leaves the lists; taken back, all is as before", async () => {
    const { dueAt } = await seen();
    await change("change-marks", { marks: ["spam"] });
    expect(await lastFacts()).toEqual(["CaseMarked", "ClockCancelled", "StatusChanged"]);
    expect(await seen()).toMatchObject({ status: "closed", marks: ["spam"], clocks: [{ state: "cancelled" }] });

    await change("change-marks", { marks: [] });
    expect(await seen()).toMatchObject({ status: "open", marks: [], clocks: [{ state: "running", dueAt }] });
  });

  test("as a test it goes on", async () => {
    await change("change-marks", { marks: ["test"] });
    expect(await seen()).toMatchObject({ status: "new", marks: ["test"], clocks: [{ state: "running" }] });
  });
});

describe("when a case is described", () => {
  test("tags are what they are set to, and the same again is no change", async () => {
    await change("change-tags", { tags: ["printers", "urgent", "printers"] });
    const { tags, version } = await seen();
    expect(tags).toEqual(["printers", "urgent"]);
    expect((await change("change-tags", { tags: ["urgent", "printers"] })).body.case.version).toBe(version);
    await change("change-tags", { tags: ["urgent"] });
    expect((await seen()).tags).toEqual(["urgent"]);
    expect((await seen("cleo")).tags).toEqual([]);
  });

  test("a field that the policy does not define is refused, and named as those of an invalid request are", async () => {
    const answer = change("change-fields", { fields: { shop: "North" } });
    await expectRefused(answer, 422, "unknown-field", "fields.shop");
    expect((await answer).body.errors).toEqual([{ path: "fields.shop", message: "is no field of this desk" }]);
  });
});

describe("when somebody takes part", () => {
  test("one who sees the case reads it, one who does not, does not; taken off, nobody does", async () => {
    expect((await routes["read-case"]({ as: "hugo", path: { number } })).status).toBe(404);
    await change("add-participant", { address: "hugo@example.com" });
    expect((await routes["read-case"]({ as: "hugo", path: { number } })).status).toBe(404);
    await change("add-participant", { personId: "person_hugo", part: "follower", seesCase: true });
    expect((await seen("hugo")).participants).toHaveLength(2);
    await change("remove-participant", undefined, { personId: "person_hugo" });
    expect((await routes["read-case"]({ as: "hugo", path: { number } })).status).toBe(404);
  });

  test("an answer goes to everybody who takes part, once", async () => {
    await change("add-participant", { personId: "person_hugo" });
    await change("add-participant", { personId: "person_hugo", part: "follower" });
    await change("write-reply", { text: "Like this." });
    const effects = await desk.store.effects.ofCase(`case_${number}`, 100);
    const replies = effects.flatMap(({ owed }) => (owed.kind === "mail" && owed.template === "reply" ? [owed.to] : []));
    expect(replies).toEqual([
      { kind: "person", personId: "person_cleo" },
      { kind: "person", personId: "person_hugo" },
    ]);
  });

  test("strangers are refused, and the requester stays", async () => {
    await expectRefused(change("add-participant", { address: "who@example.com" }), 422, "unknown-person", "address");
    await expectRefused(change("add-participant", { personId: "person_cleo" }), 409, "is-requester");
    await expectRefused(change("remove-participant", undefined, { personId: "person_cleo" }), 409, "is-requester");
    await expectRefused(change("remove-participant", undefined, { personId: "person_hugo" }), 422, "unknown-person");
  });
});

describe("when a case is linked to another", () => {
  test("agents see it, customers do not, and it can be taken away", async () => {
    const other = await open("Toner");
    await change("link-case", undefined, { link: "related", other });
    expect((await seen()).links).toEqual([{ kind: "related", target: `case_${other}` }]);
    expect((await seen("cleo")).links).toEqual([]);
    await expectRefused(change("link-case", undefined, { link: "related", other }), 409, "already-linked");
    await change("unlink-case", undefined, { link: "related", other });
    expect((await seen()).links).toEqual([]);
    await expectRefused(change("unlink-case", undefined, { link: "related", other }), 409, "not-linked");
    await expectRefused(change("link-case", undefined, { link: "parent", other: number }), 409, "same-case");
  });
});
