import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Caller, openRequestDesk, type RequestDesk, type Response } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";
import { dmarc, mail } from "../fixtures/tickets.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let number: string;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  number = (await send("cleo", "Printer")).body.number;
});

let sent = 0;

async function send(as: Caller, text: string, caseNumber?: string): Promise<Response> {
  sent += 1;
  desk.moveOn(60_000);
  const body = { channel: "portal", channelMessageId: String(sent), subject: text, text, requestedPriority: "high" };
  return routes["send-message"]({ as, body: { ...body, ...(caseNumber !== undefined && { caseNumber }) } });
}

async function read(which: string, as: Caller = "ana") {
  return (await routes["read-case"]({ as, path: { number: which } })).body;
}

type CombineId = "merge-case" | "unmerge-case" | "split-case" | "write-reply";

async function change(
  id: CombineId,
  path: Record<string, string>,
  body?: object,
  more: object = {},
): Promise<Response> {
  const which = path.number ?? number;
  const { version } = await read(which);
  const headers = { "if-match": `"${version}"`, ...more };
  return routes[id]({ as: "ana", path: { number: which, ...path }, headers, ...(body !== undefined && { body }) });
}

type Clock = { metric: string };

const texts = (body: { messages: { text: string }[] }) => body.messages.map(({ text }) => text);

async function owed(which: string) {
  const effects = await desk.store.effects.ofCase(`case_${which}`, 100);
  return effects.flatMap(({ owed: one }) => (one.kind === "mail" ? [one.template] : []));
}

async function expectRefused(answer: Promise<Response>, status: number, code: string): Promise<void> {
  expect(await answer).toMatchObject({ status, body: { type: `urn:ithaca:problem:${code}` } });
}

describe("when two cases are one question", () => {
  let other: string;

  beforeEach(async () => {
    other = (await send("clive", "The same printer")).body.number;
    await send("cleo", "Still", number);
  });

  test("what comes on the other case while it is being merged comes along", async () => {
    const { cases } = desk.store;
    const { facts } = cases;
    const asked = vi.spyOn(cases, "facts").mockImplementation(async (caseId, ...rest) => {
      const recorded = await facts(caseId, ...rest);
      if (caseId !== `case_${other}`) return recorded;
      asked.mockRestore();
      await send("clive", "And it smokes", other);
      return recorded;
    });
    expect(await change("merge-case", { other })).toMatchObject({ status: 200 });
    expect(texts(await read(number))).toContain("And it smokes");
  });

  test("the survivor has all messages in the order in which they came, and nobody is told", async () => {
    const [before, told] = [await read(number), await owed(number)];
    const { status, body } = await change("merge-case", { other });
    expect(status).toBe(200);
    expect(body.case).toMatchObject({ number, dueAt: before.dueAt });

    const after = await read(number);
    expect(texts(after)).toEqual(["Printer", "The same printer", "Still"]);
    expect(after.participants.map(({ personId }: { personId: string }) => personId)).toEqual([
      "person_cleo",
      "person_clive",
    ]);
    expect(await owed(number)).toEqual(told);
    expect(await owed(other)).toEqual(["acknowledgement"]);
  });

  test("the other's requester is told when the agent says so, once, and not when it is taken back", async () => {
    expect((await change("merge-case", { other }, { notify: true })).status).toBe(200);
    expect(await owed(other)).toEqual(["acknowledgement", "merged"]);
    const effects = await desk.store.effects.ofCase(`case_${other}`, 100);
    expect(effects.at(-1)).toMatchObject({
      status: "pending",
      owed: { to: { kind: "person", personId: "person_clive" }, otherCaseId: `case_${number}` },
    });

    const [told, here] = [await owed(other), await owed(number)];
    await change("unmerge-case", { other });
    expect([await owed(other), await owed(number)]).toEqual([told, here]);
  });

  test("a machine whose mail opened the other is told nothing, and the case says why", async () => {
    const evidence = { ...dmarc("pass"), automatic: true };
    const sentByMachine = await routes["send-message"]({ as: "email", body: mail({ evidence }) });
    await change("merge-case", { other: sentByMachine.body.number }, { notify: true });
    const effects = await desk.store.effects.ofCase(`case_${sentByMachine.body.number}`, 100);
    expect(effects.at(-1)).toMatchObject({
      status: "abandoned",
      reason: "automatic-mail",
      owed: { template: "merged" },
    });
  });

  test("the old number leads to the survivor for whoever could read it, and for nobody else", async () => {
    await change("merge-case", { other });
    for (const as of ["ana", "cleo", "clive"] as const) expect(await read(other, as)).toMatchObject({ number });
    expect((await routes["read-case"]({ as: "hugo", path: { number: other } })).status).toBe(404);
  });

  test("a message to the old number arrives on the survivor", async () => {
    await change("merge-case", { other });
    const { body } = await send("clive", "And now?", other);
    expect(body).toMatchObject({ number, joined: true });
    expect(texts(await read(number))).toContain("And now?");
  });

  test("the other case cannot be changed any more", async () => {
    await change("merge-case", { other });
    const merged = await desk.store.cases.read(`case_${other}`);
    const asked = { as: "ana", path: { number: other }, headers: { "if-match": `"${merged?.version}"` } } as const;
    await expectRefused(routes["write-reply"]({ ...asked, body: { text: "Hello" } }), 409, "merged-away");
    await expectRefused(routes["take-case"]({ ...asked, body: { assignee: "me" } }), 409, "merged-away");
    await expectRefused(change("merge-case", { other }), 409, "merged-away");
  });

  test("undone, both are as they were but for what came meanwhile", async () => {
    const before = [await read(number), await read(other)];
    await change("merge-case", { other });
    await send("clive", "Meanwhile", other);
    await change("unmerge-case", { other });

    const [first, second] = [await read(number), await read(other)];
    expect(texts(first)).toEqual([...texts(before[0]), "Meanwhile"]);
    expect(texts(second)).toEqual(texts(before[1]));
    expect(first.participants).toEqual(before[0].participants);
    expect(second).toMatchObject({ number: other, status: before[1].status, links: [] });
    expect(second.clocks).toMatchObject([{ state: "running" }]);
    expect(first.links).toEqual([]);
    await expectRefused(change("unmerge-case", { other }), 409, "not-merged");
  });

  test("it is not undone while a message that came with it is a case of its own", async () => {
    const later = (await send("clive", "And toner?", other)).body.messageId;
    await change("merge-case", { other });
    const { body } = await change("split-case", {}, { messageId: later });
    await expectRefused(change("unmerge-case", { other }), 409, "split-since");

    await change("merge-case", { other: body.opened });
    await change("unmerge-case", { other });
    expect(texts(await read(other))).toEqual(["The same printer", "And toner?"]);
    expect(texts(await read(number))).toEqual(["Printer", "Still"]);
  });

  test("a merge of a merge is followed to its end", async () => {
    const third = (await send("cleo", "Printers again")).body.number;
    await change("merge-case", { number: other, other: number });
    await change("merge-case", { number: third, other });
    expect(await read(number)).toMatchObject({ number: third });
    expect((await send("cleo", "Which one?", number)).body).toMatchObject({ number: third, joined: true });
    expect(texts(await read(third))).toHaveLength(5);
  });

  test("cases of two accounts stay apart", async () => {
    const foreign = (await send("hugo", "Kangaroo")).body.number;
    await expectRefused(change("merge-case", { other: foreign }), 409, "other-account");
    await expectRefused(change("merge-case", { other: number }), 409, "same-case");
  });

  test("the same request again is answered as before", async () => {
    const { version } = await read(number);
    const asked = {
      as: "ana",
      path: { number, other },
      headers: { "if-match": `"${version}"`, "idempotency-key": "merge-1" },
    } as const;
    await routes["merge-case"](asked);
    const again = await routes["merge-case"](asked);
    expect(again).toMatchObject({ status: 200, headers: { "Idempotent-Replayed": "true" } });
    const recorded = await desk.store.cases.facts(`case_${number}`, version, 10);
    expect(recorded).toHaveLength(1);
  });
});

describe("when a message is another question", () => {
  let messageId: string;

  beforeEach(async () => {
    messageId = (await send("cleo", "By the way: toner?", number)).body.messageId;
  });

  test("it has a case of its own, whose clock starts when it was received; nobody is told", async () => {
    const { receivedAt } = (await read(number)).messages[1];
    desk.moveOn(600_000);
    const { status, body } = await change("split-case", {}, { messageId });
    expect(status).toBe(201);
    expect(texts(await read(number))).toEqual(["Printer"]);

    const opened = await read(body.opened);
    expect(texts(opened)).toEqual(["By the way: toner?"]);
    expect(opened).toMatchObject({ accountId: "acct_lakeside", subject: "By the way: toner?" });
    expect(opened.clocks).toMatchObject([{ metric: "first-response", state: "running", startedAt: receivedAt }]);
    expect(await owed(body.opened)).toEqual([]);
    expect((await read(number)).links).toEqual([{ kind: "split-into", target: `case_${body.opened}` }]);
    expect(opened.links).toEqual([{ kind: "split-from", target: `case_${number}` }]);
  });

  test("whoever wrote it is told when the agent says so", async () => {
    const { body } = await change("split-case", {}, { messageId, notify: true });
    const effects = await desk.store.effects.ofCase(`case_${body.opened}`, 100);
    const mails = effects.filter(({ owed: one }) => one.kind === "mail");
    expect(mails).toMatchObject([
      {
        status: "pending",
        owed: { template: "split", to: { personId: "person_cleo" }, otherCaseId: `case_${number}` },
      },
    ]);
    expect(await owed(number)).toEqual(["acknowledgement"]);
  });

  test("the clock of the next response follows the messages that remain", async () => {
    await change("write-reply", {}, { text: "Is it on?" });
    const asked = (await send("cleo", "And toner?", number)).body.messageId;
    const still = (await send("cleo", "It is on.", number)).body.messageId;
    const next = async () => (await read(number)).clocks.find(({ metric }: Clock) => metric === "next-response");
    const { messages } = await read(number);
    const receivedAt = (id: string) => messages.find((message: { id: string }) => message.id === id).receivedAt;
    expect(await next()).toMatchObject({ state: "running", startedAt: receivedAt(asked) });

    await change("split-case", {}, { messageId: asked });
    expect(await next()).toMatchObject({ state: "running", startedAt: receivedAt(still) });
    await change("split-case", {}, { messageId: still });
    expect(await next()).toMatchObject({ state: "cancelled" });
  });

  test("what a merge brought along counts among them", async () => {
    await change("write-reply", {}, { text: "Is it on?" });
    const other = (await send("clive", "The same printer")).body.number;
    const { receivedAt } = (await read(other)).messages[0];
    const asked = (await send("cleo", "And toner?", number)).body.messageId;
    await change("merge-case", { other });
    const next = async () => (await read(number)).clocks.find(({ metric }: Clock) => metric === "next-response");
    expect(await next()).toMatchObject({ state: "running", startedAt: receivedAt });
    await change("split-case", {}, { messageId: asked });
    expect(await next()).toMatchObject({ state: "running", startedAt: receivedAt });
    await change("unmerge-case", { other });
    expect(await next()).toMatchObject({ state: "cancelled" });
  });

  test("merging it back undoes that", async () => {
    const before = texts(await read(number));
    const { body } = await change("split-case", {}, { messageId });
    await change("merge-case", { other: body.opened });
    expect(texts(await read(number))).toEqual(before);
    expect(await read(body.opened)).toMatchObject({ number });
  });

  test("the same request again opens no second case", async () => {
    const { version } = await read(number);
    const headers = { "if-match": `"${version}"`, "idempotency-key": "split-1" };
    const asked = { as: "ana", path: { number }, headers, body: { messageId } } as const;
    const first = await routes["split-case"](asked);
    expect(await routes["split-case"](asked)).toMatchObject({ status: 201, body: { opened: first.body.opened } });
    const { body } = await routes["count-cases"]({ as: "ana" });
    expect(body.teams[0]).toMatchObject({ active: 2 });
  });

  test.each([
    ["the opening message", async () => (await read(number)).messages[0].id],
    ["a reply", async () => (await change("write-reply", {}, { text: "Look here." })).body.messageId],
    ["a message of another case", async () => (await send("cleo", "Elsewhere")).body.messageId],
    ["no message at all", async () => "msg_absent"],
  ])("%s is not split off", async (_what, which) => {
    await expectRefused(change("split-case", {}, { messageId: await which() }), 409, "not-splittable");
  });
});
