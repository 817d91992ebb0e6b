import { type Calendar, HOUR_MS, MINUTE_MS, plus } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Route } from "../fixtures/request-desk.ts";
import { dmarc, mail, ticket } from "../fixtures/tickets.ts";
import { manifest } from "./receive-message.manifest.ts";
import { receiveMessage } from "./receive-message.ts";

let desk: RequestDesk;
let send: Route;

beforeEach(async () => {
  desk = await openRequestDesk();
  send = desk.route(manifest, receiveMessage);
});

async function caseOf(number: string) {
  const found = await desk.store.cases.read(`case_${number}`);
  if (found === undefined) throw new Error(`no case ${number}`);
  return found;
}

describe("when a signed-in customer sends a message", () => {
  test("it opens a case, and the answer carries number, priority, team and due", async () => {
    const { status, body } = await send({ as: "cleo", body: ticket() });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      joined: false,
      priority: "medium",
      team: "main",
      receivedAt: "2026-11-18T15:00:00.000Z",
      // One business day of main: the same time on its next working day.
      dueAt: "2026-11-19T15:00:00.000Z",
    });
    expect(body.number).toMatch(/^1\d{8}$/);
    expect(body.caseId).toBe(`case_${body.number}`);
  });

  test("message, facts and what is owed are stored together", async () => {
    const { body } = await send({ as: "cleo", body: ticket() });

    const [recorded] = await desk.store.cases.facts(body.caseId, 0, 10);
    expect(recorded?.facts.map(({ type }) => type)).toEqual([
      "CaseOpened",
      "MessageReceived",
      "PriorityClassified",
      "CaseRouted",
      "ClockStarted",
    ]);
    const [message] = await desk.store.messages.read([body.messageId]);
    expect(message).toMatchObject({ text: "The printer says no.", subject: "Cannot print", direction: "inbound" });
    const owed = await desk.store.effects.ofCase(body.caseId, 10);
    expect(owed.map((effect) => effect.owed.kind)).toEqual(["mail", "timer"]);
  });

  test("the case is theirs and their account's, and they are believed", async () => {
    const { body } = await send({ as: "hugo", body: ticket() });
    expect(await caseOf(body.number)).toMatchObject({
      requesterId: "person_hugo",
      accountId: "acct_harbour",
      accountTeam: "au",
      team: "au",
      senderVerified: true,
    });
  });
});

describe("when a channel sends a message for somebody", () => {
  test.each([
    { who: "a person of the directory, on a channel that vouches", channel: "portal", from: "cleo", verified: true },
    { who: "a stranger, on a channel that vouches", channel: "portal", from: "stranger", verified: false },
    {
      who: "a person whose mail passes DMARC",
      channel: "email",
      from: "cleo",
      evidence: dmarc("pass"),
      verified: true,
    },
    {
      who: "a person whose mail fails DMARC",
      channel: "email",
      from: "cleo",
      evidence: dmarc("fail"),
      verified: false,
    },
    { who: "a person whose mail has no verdict", channel: "email", from: "cleo", verified: false },
    {
      who: "a stranger whose mail passes",
      channel: "email",
      from: "stranger",
      evidence: dmarc("pass"),
      verified: false,
    },
    { who: "a person on the phone", channel: "phone", from: "cleo", verified: false },
  ])("$who is verified: $verified", async ({ channel, from, evidence, verified }) => {
    const { body } = await send({
      as: "everyChannel",
      body: ticket({ channel, from: { address: `${from}@example.com` }, evidence }),
    });
    expect(await caseOf(body.number)).toMatchObject({ senderVerified: verified });
  });

  test("a stranger becomes a person, once, by the address", async () => {
    const from = { address: "New.Face@Example.com", name: "New Face" };
    const first = await send({ as: "portal", body: ticket({ from }) });
    const second = await send({ as: "portal", body: ticket({ from: { address: "new.face@example.com" } }) });

    const { requesterId } = await caseOf(first.body.number);
    expect((await caseOf(second.body.number)).requesterId).toBe(requesterId);
    expect(await desk.store.directory.person(requesterId)).toMatchObject({
      name: "New Face",
      addresses: ["new.face@example.com"],
      known: false,
    });
  });

  test("the account that a channel names counts only where the channel vouches for its senders", async () => {
    const from = { address: "someone@example.com", accountId: "acct_harbour" };
    const vouched = await send({ as: "everyChannel", body: ticket({ from }) });
    const mailed = await send({ as: "everyChannel", body: mail({ from: { ...from, address: "other@example.com" } }) });

    expect((await caseOf(vouched.body.number)).accountId).toBe("acct_harbour");
    expect((await caseOf(mailed.body.number)).accountId).toBeUndefined();
  });

  test("an account that the desk does not have is nobody's: the message counts, the word does not", async () => {
    const from = { address: "someone@example.com", accountId: "acct_absent" };
    const { status, body } = await send({ as: "everyChannel", body: ticket({ from }) });
    const { requesterId, accountId } = await caseOf(body.number);
    expect([status, accountId]).toEqual([201, undefined]);
    expect(await desk.store.directory.person(requesterId)).toEqual({
      id: requesterId,
      addresses: ["someone@example.com"],
      known: false,
    });
  });

  test("an agent who names such an account is told, and nothing happens", async () => {
    const before = await desk.everything();
    const from = { address: "someone@example.com", accountId: "acct_absent" };
    expect(await send({ as: "ana", body: ticket({ from }) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "from.accountId", message: "is no account of this desk" }] },
    });
    expect(await desk.everything()).toBe(before);
  });

  test("the files that it names are the message's", async () => {
    const file = { id: "file_1", name: "page.png", contentType: "image/png", sizeBytes: 12 };
    const { body } = await send({ as: "email", body: mail({ attachments: [file] }) });
    expect(await desk.store.messages.read([body.messageId])).toMatchObject([{ attachments: [file] }]);
  });

  test("a file that another channel brought is not its to name; its own it may name again", async () => {
    const files = ["file_1", "file_2", "file_1"].map((id) => ({
      id,
      name: "page.png",
      contentType: "image/png",
      sizeBytes: 12,
    }));
    expect((await send({ as: "email", body: mail({ attachments: files }) })).status).toBe(201);
    const before = await desk.everything();

    const own = { ...files[0], id: "file_3" };
    const from = { address: "cleo@example.com" };
    const stolen = await send({ as: "portal", body: ticket({ from, attachments: [own, files[1]] }) });
    expect(stolen).toMatchObject({ status: 400, body: { errors: [{ path: "attachments.1.id" }] } });
    expect(await desk.everything()).toBe(before);
    expect((await send({ as: "portal", body: ticket({ from, attachments: [own] }) })).status).toBe(201);
    expect((await send({ as: "email", body: mail({ attachments: [files[1]] }) })).status).toBe(201);
  });

  test("automatic mail is not acknowledged", async () => {
    const { body } = await send({ as: "email", body: mail({ evidence: { ...dmarc("pass"), automatic: true } }) });
    const [acknowledgement] = await desk.store.effects.ofCase(body.caseId, 10);
    expect(acknowledgement).toMatchObject({ status: "abandoned", reason: "automatic-mail" });
  });

  test("the word in a mail's subject opens a critical case", async () => {
    const { body } = await send({ as: "email", body: mail({ subject: "Re: CRITICAL: server down" }) });
    expect(body).toMatchObject({ priority: "critical", dueAt: "2026-11-18T17:00:00.000Z" });
  });
});

describe("when the same thing is sent again", () => {
  test("under the same key, it is answered as before and says so", async () => {
    const request = { as: "cleo", body: ticket(), headers: { "idempotency-key": "k-1" } } as const;
    const first = await send(request);
    const stored = await desk.everything();
    desk.moveOn(MINUTE_MS);
    const again = await send(request);

    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(first.headers["Idempotent-Replayed"]).toBeUndefined();
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
    expect(await desk.everything()).toBe(stored);
  });

  test("the order of its fields makes no other request of it", async () => {
    const body = ticket();
    const headers = { "idempotency-key": "k-1" };
    const first = await send({ as: "cleo", body, headers });
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect(await send({ as: "cleo", body: turned, headers })).toMatchObject({ status: 201, body: first.body });
  });

  test("under the same key with another body, it is refused and nothing is written", async () => {
    const headers = { "idempotency-key": "k-1" };
    await send({ as: "cleo", body: ticket(), headers });
    const stored = await desk.everything();
    const again = await send({ as: "cleo", body: ticket({ text: "Something else." }), headers });

    expect(again).toMatchObject({ status: 422, body: { type: "urn:ithaca:problem:key-reused" } });
    expect(await desk.everything()).toBe(stored);
  });

  test("somebody else's key of the same name is another key", async () => {
    const headers = { "idempotency-key": "k-1" };
    const first = await send({ as: "cleo", body: ticket(), headers });
    const other = await send({ as: "hugo", body: ticket(), headers });
    expect(other.status).toBe(201);
    expect(other.body.number).not.toBe(first.body.number);
  });

  test.each(["under a new key", "without a key"])("the same message %s is answered with the original", async (how) => {
    const body = ticket();
    const first = await send({ as: "cleo", body, headers: { "idempotency-key": "k-1" } });
    const headers = how === "under a new key" ? { "idempotency-key": "k-2" } : {};
    expect(await send({ as: "cleo", body, headers })).toMatchObject({ status: 200, body: first.body });
  });

  test("a key that the same message was repeated under is taken: it answers as it did, and no other message", async () => {
    const headers = { "idempotency-key": "k-2" };
    const body = ticket();
    const first = await send({ as: "cleo", body });
    await send({ as: "cleo", body, headers });
    const stored = await desk.everything();

    const again = await send({ as: "cleo", body, headers });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
    const other = await send({ as: "cleo", body: { ...body, text: "Other words." }, headers });
    expect(other).toMatchObject({ status: 422, body: { type: "urn:ithaca:problem:key-reused" } });
    expect(await desk.everything()).toBe(stored);
  });

  test("the channel's id with other words is another message", async () => {
    const body = ticket();
    const first = await send({ as: "cleo", body });
    const other = await send({ as: "cleo", body: { ...body, text: "Other words." } });
    expect(other.status).toBe(201);
    expect(other.body.number).not.toBe(first.body.number);
  });

  test("another customer with the same id and words gets a case of their own, and learns nothing", async () => {
    const body = ticket();
    const first = await send({ as: "cleo", body });
    const other = await send({ as: "hugo", body });
    expect(other.status).toBe(201);
    expect(other.body.number).not.toBe(first.body.number);
  });

  test("twice at the same time, it is taken in once", async () => {
    const request = { as: "cleo", body: ticket() } as const;
    const answers = await Promise.all([send(request), send(request), send(request)]);
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  });
});

describe("when a critical case comes while no team is open", () => {
  const SUNDAY = "2026-11-22T15:00:00.000Z";
  const caller = { channel: "emergency-line", from: { address: "new@elsewhere.example" }, subject: "Voicemail" };

  async function pageOf(as: "cleo" | "everyChannel", body: object) {
    desk = await openRequestDesk(SUNDAY);
    await desk.store.directory.putPerson({ id: "person_sol", addresses: ["sol@single.example"], known: true });
    const { status, body: receipt } = await desk.route(manifest, receiveMessage)({ as, body });
    expect([status, receipt.priority]).toEqual([201, "critical"]);
    const owed = await desk.store.effects.ofCase(receipt.caseId, 10);
    const page = owed.find((one) => one.owed.kind === "mail" && one.owed.template === "on-call-page");
    return page?.status ?? "none";
  }

  test.each([
    ["a voicemail of a stranger", "everyChannel", ticket(caller), "pending"],
    ["a portal ticket", "cleo", ticket({ requestedPriority: "critical" }), "pending"],
    ["an authenticated mail of an account's person", "everyChannel", mail({ subject: "Critical" }), "pending"],
    [
      "a mail that fails authentication",
      "everyChannel",
      mail({ subject: "Critical", evidence: dmarc("fail") }),
      "abandoned",
    ],
    [
      "an authenticated mail of somebody without an account",
      "everyChannel",
      mail({ subject: "Critical", from: { address: "sol@single.example" } }),
      "abandoned",
    ],
  ] as const)("the page of %s, by %s", async (_what, as, body, status) => {
    expect(await pageOf(as, body)).toBe(status);
  });
});

describe("when the calendar of a case's team was edited twice since it was opened", () => {
  test("a further message joins it, as if nothing had been edited", async () => {
    const { body } = await send({ as: "cleo", body: ticket() });
    const { rules } = desk.store;
    const calendar = shippedRules.calendars.find(({ id }) => id === "main-hours") as Calendar;
    for (const version of [2, 3]) {
      const inForceFrom = plus(desk.ports.clock(), HOUR_MS);
      const change = { by: "prin_ops", at: desk.ports.clock(), reason: "It turned out so.", inForceFrom };
      expect(await rules.putCalendar({ ...calendar, version }, change, version - 2)).toBe(true);
      desk.moveOn(2 * HOUR_MS);
    }

    const further = await send({ as: "cleo", body: ticket({ caseNumber: body.number }) });
    expect(further).toMatchObject({ status: 201, body: { joined: true, caseId: body.caseId, dueAt: body.dueAt } });
  });
});

describe("when something is in the way", () => {
  test("a number that is taken is drawn anew", async () => {
    const draws = [0.25, 0.25, 0.75];
    const twice = desk.route(manifest, receiveMessage, { random: () => draws.shift() ?? 0.5 });
    const first = await twice({ as: "cleo", body: ticket() });
    const second = await twice({ as: "cleo", body: ticket() });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.number).not.toBe(first.body.number);
    expect(draws).toEqual([]);
  });

  test("a burst of others who write to the same items is waited out", async () => {
    const { cases } = desk.store;
    let met = 0;
    const pauses: number[] = [];
    const busy = desk.route(manifest, receiveMessage, {
      pause: async (ms) => void pauses.push(ms),
      cases: {
        ...cases,
        append: async (...appends) => {
          met += 1;
          return met < 10 ? { appended: false, conflict: "version" } : cases.append(...appends);
        },
      },
    });
    expect((await busy({ as: "cleo", body: ticket() })).status).toBe(201);
    expect(pauses).toHaveLength(9);
    expect(pauses.every((ms) => ms >= 0 && ms <= 50)).toBe(true);
  });

  test("ten taken numbers in a row are a fault that tells nothing", async () => {
    const stuck = desk.route(manifest, receiveMessage, { random: () => 0.25 });
    await stuck({ as: "cleo", body: ticket() });
    const second = await stuck({ as: "cleo", body: ticket() });
    expect(second).toMatchObject({
      status: 500,
      body: { type: "urn:ithaca:problem:fault", requestId: "request-1" },
    });
    expect(JSON.stringify(second)).not.toContain("another writer");
  });

  test("a policy that cannot be read defers triage, and the case opens", async () => {
    const blind = desk.route(manifest, receiveMessage, {
      rulebooks: {
        inForce: () => Promise.reject(new Error("the rules are away")),
        calendar: () => Promise.reject(new Error("the rules are away")),
      },
    });
    const { status, body } = await blind({ as: "cleo", body: ticket() });

    expect(status).toBe(201);
    expect(body.priority).toBeUndefined();
    expect(await caseOf(body.number)).toMatchObject({ triageOwed: true, status: "new" });
    const owed = await desk.store.effects.ofCase(body.caseId, 10);
    expect(owed.map((effect) => effect.owed.kind)).toEqual(["mail", "triage"]);
  });
});
