import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Route } from "../fixtures/request-desk.ts";
import { dmarc, mail, ticket } from "../fixtures/tickets.ts";
import { manifest } from "../intake/receive-message.manifest.ts";
import { receiveMessage } from "../intake/receive-message.ts";
import { triageCase } from "./triage-case.ts";

/** What a channel says of its sender counts the same whether a policy could be read at once or only later. */

const AWAY = () => Promise.reject(new Error("the rules are away"));

let desk: RequestDesk;
let send: Route;
let sendBlind: Route;

beforeEach(async () => {
  desk = await openRequestDesk();
  send = desk.route(manifest, receiveMessage);
  sendBlind = desk.route(manifest, receiveMessage, { rulebooks: { inForce: AWAY, calendar: AWAY } });
});

/** What is believed of a case's sender, and what follows from that. */
async function beliefOf(caseId: string) {
  const current = await desk.store.cases.read(caseId);
  if (current === undefined) throw new Error(`no case ${caseId}`);
  const { senderVerified, mayPage, accountId, accountTeam, participants, team, priority, clocks } = current;
  const sees = participants.map(({ part, seesCase }) => `${part} ${seesCase}`);
  const dues = clocks.map(({ metric, dueAt }) => `${metric} ${dueAt}`);
  return { senderVerified, mayPage, accountId, accountTeam, package: current.package, sees, team, priority, dues };
}

/** The triage that a case owes. */
async function triageOwed(caseId: string): Promise<{ caseId: string; effectId: string }> {
  const owed = (await desk.store.effects.ofCase(caseId, 10)).find((effect) => effect.owed.kind === "triage");
  if (owed === undefined) throw new Error(`no triage is owed by ${caseId}`);
  return { caseId, effectId: owed.id };
}

async function triageLate(caseId: string): Promise<void> {
  await triageCase(await triageOwed(caseId), desk.ports);
}

/** Sends while no policy can be read: the triage that the case owes. */
async function sentBlind(body: object): Promise<{ caseId: string; effectId: string }> {
  return triageOwed((await sendBlind({ as: "everyChannel", body })).body.caseId);
}

async function requesterOf(caseId: string) {
  const { requesterId = "", accountId } = (await desk.store.cases.read(caseId)) ?? {};
  return { person: await desk.store.directory.person(requesterId), accountId };
}

const NAMED = { address: "someone@example.com", name: "Someone", accountId: "acct_harbour" };
const CHANNELS = ["portal", "chat", "email", "phone", "emergency-line"];
const FROM = ["cleo", "stranger"];
const CLAIMED = [undefined, "acct_lakeside", "acct_harbour"];
const EVIDENCE = [undefined, dmarc("pass")];
const MESSAGES = CHANNELS.flatMap((channel) =>
  FROM.flatMap((who) =>
    CLAIMED.flatMap((accountId) => EVIDENCE.map((evidence) => ({ channel, who, accountId, evidence }))),
  ),
);

describe("when a channel sends a message while no policy can be read", () => {
  test.each(MESSAGES)(
    "$who on $channel, said to be of $accountId: late triage believes what intake would have",
    async (message) => {
      const { channel, who, accountId, evidence } = message;
      const sent = (how: string) => {
        const from = { address: who === "cleo" ? "cleo@example.com" : `${how}@example.com`, accountId };
        return ticket({ channel, from, evidence, channelMessageId: how, requestedPriority: "critical" });
      };
      const atOnce = await send({ as: "everyChannel", body: sent("seeing") });
      const late = await sendBlind({ as: "everyChannel", body: sent("blind") });
      expect([atOnce.status, late.status]).toEqual([201, 201]);

      await triageLate(late.body.caseId);
      expect(await beliefOf(late.body.caseId)).toEqual(await beliefOf(atOnce.body.caseId));
    },
  );

  test("an account that is nowhere leaves them the one that the directory has", async () => {
    const from = { address: "cleo@example.com", accountId: "acct_nobodys" };
    const { body } = await sendBlind({ as: "portal", body: ticket({ from }) });
    await triageLate(body.caseId);
    expect(await beliefOf(body.caseId)).toMatchObject({ senderVerified: true, accountId: "acct_lakeside" });
  });

  test("until then nothing is taken for true that may not be", async () => {
    const from = { address: "cleo@example.com", accountId: "acct_harbour" };
    const { body } = await sendBlind({ as: "portal", body: ticket({ channel: "portal", from }) });
    expect(await beliefOf(body.caseId)).toMatchObject({ senderVerified: false, accountId: "acct_lakeside" });
  });

  test("a customer who signed in is believed as they were", async () => {
    const { body } = await sendBlind({ as: "cleo", body: ticket({}) });
    await triageLate(body.caseId);
    expect(await beliefOf(body.caseId)).toMatchObject({ senderVerified: true, accountId: "acct_lakeside" });
  });
});

describe("when somebody writes for the first time while no policy can be read", () => {
  test("with the triage they belong to the account that their channel vouches for, as they would have at once", async () => {
    const owed = await sentBlind(ticket({ from: NAMED }));
    await triageCase(owed, desk.ports);
    const { caseId } = owed;
    const late = await requesterOf(caseId);
    const atOnce = await send({
      as: "everyChannel",
      body: ticket({ from: { ...NAMED, address: "other@example.com" } }),
    });
    const { person, accountId } = await requesterOf(atOnce.body.caseId);
    expect(late.accountId).toBe(accountId);
    expect(late.person).toEqual({ ...person, id: late.person?.id, addresses: ["someone@example.com"] });
    expect(late.person?.accountId).toBe("acct_harbour");

    // And the next mail from that address is of that account.
    const next = await send({ as: "email", body: mail({ from: { address: "someone@example.com" } }) });
    expect((await requesterOf(next.body.caseId)).accountId).toBe("acct_harbour");
  });

  test("a channel that does not vouch for its senders brings nobody into an account", async () => {
    const owed = await sentBlind(mail({ from: NAMED }));
    await triageCase(owed, desk.ports);
    const { caseId } = owed;
    expect(await requesterOf(caseId)).toMatchObject({ person: { known: false }, accountId: undefined });
    expect((await requesterOf(caseId)).person?.accountId).toBeUndefined();
  });

  test("a crash between the triage and the directory is made good, and what an agent said meanwhile holds", async () => {
    const named = await sentBlind(ticket({ from: NAMED }));
    const { caseId } = named;
    const { directory } = desk.ports;
    const crashing = {
      ...desk.ports,
      directory: { ...directory, joinAccount: () => Promise.reject(new Error("crashed")) },
    };
    await expect(triageCase(named, crashing)).rejects.toThrow("crashed");
    expect((await requesterOf(caseId)).person?.accountId).toBeUndefined();
    await triageCase(named, desk.ports);
    expect((await requesterOf(caseId)).person?.accountId).toBe("acct_harbour");

    const { person } = await requesterOf(caseId);
    if (person === undefined) throw new Error("nobody asked");
    await directory.putPerson({ ...person, accountId: "acct_lakeside", known: true });
    await triageCase(named, desk.ports);
    expect((await requesterOf(caseId)).person?.accountId).toBe("acct_lakeside");
  });
});
