import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, type Route } from "./fixtures/request-desk.ts";
import { mail, ticket } from "./fixtures/tickets.ts";
import { manifest } from "./intake/receive-message.manifest.ts";
import { receiveMessage } from "./intake/receive-message.ts";
import { triageCase } from "./triage/triage-case.ts";

/** What a channel says of its sender counts the same whether a policy could be read at once or only later. */

const AWAY = () => Promise.reject(new Error("the rules are away"));
const NAMED = { address: "someone@example.com", name: "Someone", accountId: "acct_harbour" };

let desk: RequestDesk;
let send: Route;
let sendBlind: Route;

beforeEach(async () => {
  desk = await openRequestDesk();
  send = desk.route(manifest, receiveMessage);
  sendBlind = desk.route(manifest, receiveMessage, { rulebooks: { inForce: AWAY, calendar: AWAY } });
});

/** Sends while no policy can be read: the case, and the triage that it owes. */
async function sentBlind(body: object): Promise<{ caseId: string; effectId: string }> {
  const { caseId } = (await sendBlind({ as: "everyChannel", body })).body;
  const owed = (await desk.store.effects.ofCase(caseId, 10)).find((effect) => effect.owed.kind === "triage");
  return { caseId, effectId: owed?.id ?? "" };
}

async function requesterOf(caseId: string) {
  const { requesterId = "", accountId } = (await desk.store.cases.read(caseId)) ?? {};
  return { person: await desk.store.directory.person(requesterId), accountId };
}

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
